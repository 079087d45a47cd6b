package sc.fiji.diffusion.engine.checkpoint.original;

import com.google.gson.JsonObject;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A network of a single file as a folder in the Hugging Face layout would have it.
 *
 * @param tensors by diffusers' names
 * @param config makes what its {@code config.json} would say, or fails with a {@link
 *     sc.fiji.diffusion.engine.CheckpointException} where the tensors do not show it
 */
public record NamedNetwork(Map<String, Origin> tensors, Supplier<JsonObject> config) {

    public NamedNetwork {
        tensors = Map.copyOf(tensors);
    }
}
