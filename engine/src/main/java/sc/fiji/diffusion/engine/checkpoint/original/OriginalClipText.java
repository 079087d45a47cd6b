package sc.fiji.diffusion.engine.checkpoint.original;

import com.google.gson.JsonObject;
import java.util.List;

/**
 * OpenAI's CLIP as text encoder, which is in single files as transformers has it, but for a {@code text_model.} that
 * some lack.
 */
public final class OriginalClipText {

    private static final String TEXT_MODEL = "text_model.";

    private OriginalClipText() {}

    /**
     * @param tensors below {@code cond_stage_model.transformer.}, in SDXL {@code conditioner.embedders.0.transformer.}
     * @throws sc.fiji.diffusion.engine.CheckpointException if a tensor that shows a size is missing
     */
    public static NamedNetwork read(TensorShapes tensors) {
        TensorShapes model = tensors.hasBelow(TEXT_MODEL) ? tensors.below(TEXT_MODEL) : tensors;
        Renaming renaming = new Renaming(model);
        // Beside them lie the positions' numbers in some files, which nothing reads.
        for (String part :
                List.of("embeddings.token_embedding", "embeddings.position_embedding", "encoder", "final_layer_norm")) {
            renaming.module(part, TEXT_MODEL + part);
        }
        return new NamedNetwork(renaming.result(), () -> config(model));
    }

    private static JsonObject config(TensorShapes model) {
        return ClipConfig.json(
                model,
                "embeddings.token_embedding.weight",
                "embeddings.position_embedding.weight",
                "encoder.layers.0.mlp.fc1.weight",
                model.count("encoder.layers."),
                "quick_gelu");
    }
}
