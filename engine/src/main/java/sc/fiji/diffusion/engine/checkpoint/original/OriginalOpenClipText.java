package sc.fiji.diffusion.engine.checkpoint.original;

import com.google.gson.JsonObject;
import java.util.Map;
import sc.fiji.diffusion.engine.checkpoint.original.Origin.View;

/**
 * OpenCLIP as text encoder. The query's, key's and value's weights are packed into one matrix, whose rows are split
 * where they lie; the projection of the summary is stored transposed.
 */
public final class OriginalOpenClipText {

    private static final Map<String, String> LAYER = Map.of(
            "ln_1", "layer_norm1",
            "ln_2", "layer_norm2",
            "attn.out_proj", "self_attn.out_proj",
            "mlp.c_fc", "mlp.fc1",
            "mlp.c_proj", "mlp.fc2");

    private static final Map<String, View> PACKED =
            Map.of("q_proj", View.FIRST_THIRD, "k_proj", View.SECOND_THIRD, "v_proj", View.LAST_THIRD);

    private static final String LAYERS = "transformer.resblocks.";
    private static final String EMBEDDING = "token_embedding.weight";
    private static final String POSITIONS = "positional_embedding";
    private static final String PROJECTION = "text_projection";

    private final TensorShapes tensors;
    private final Renaming renaming;
    private final int layers;

    private OriginalOpenClipText(TensorShapes tensors, int layers) {
        this.tensors = tensors;
        this.renaming = new Renaming(tensors);
        this.layers = layers;
    }

    /**
     * SD 2.x's, which hands on the hidden states before the last layer: it has that layer no more, as in diffusers'
     * folders.
     *
     * @param tensors below {@code cond_stage_model.model.}
     * @throws sc.fiji.diffusion.engine.CheckpointException if a tensor that shows a size is missing
     */
    public static NamedNetwork withoutLastLayer(TensorShapes tensors) {
        int layers = Math.max(1, tensors.count(LAYERS) - 1);
        OriginalOpenClipText encoder = new OriginalOpenClipText(tensors, layers);
        encoder.nameAll();
        return new NamedNetwork(encoder.renaming.result(), encoder::config);
    }

    /**
     * SDXL's second, with the projection of its summary.
     *
     * @param tensors below {@code conditioner.embedders.1.model.}
     * @throws sc.fiji.diffusion.engine.CheckpointException if a tensor that shows a size is missing
     */
    public static NamedNetwork withProjection(TensorShapes tensors) {
        OriginalOpenClipText encoder = new OriginalOpenClipText(tensors, tensors.count(LAYERS));
        encoder.nameAll();
        encoder.renaming.tensor(PROJECTION, "text_projection.weight", View.TRANSPOSED);
        encoder.renaming.tensor(PROJECTION + ".weight", "text_projection.weight", View.WHOLE);
        return new NamedNetwork(encoder.renaming.result(), encoder::configWithProjection);
    }

    /** The length of the text's summary, of the same tensors as {@link #withProjection}. */
    public static int pooledSize(TensorShapes tensors) {
        String weight = PROJECTION + ".weight";
        return tensors.has(weight) ? tensors.size(weight, 0) : tensors.size(PROJECTION, 1);
    }

    private JsonObject configWithProjection() {
        JsonObject config = config();
        config.addProperty("projection_dim", pooledSize(tensors));
        ClipConfig.addArchitecture(config, "CLIPTextModelWithProjection");
        return config;
    }

    private void nameAll() {
        renaming.tensor(EMBEDDING, "text_model.embeddings.token_embedding.weight", View.WHOLE);
        renaming.tensor(POSITIONS, "text_model.embeddings.position_embedding.weight", View.WHOLE);
        renaming.module("ln_final", "text_model.final_layer_norm");
        for (int layer = 0; layer < layers; layer++) {
            String from = LAYERS + layer + ".";
            String to = "text_model.encoder.layers." + layer + ".";
            LAYER.forEach((old, present) -> renaming.module(from + old, to + present));
            PACKED.forEach((projection, view) -> {
                renaming.tensor(from + "attn.in_proj_weight", to + "self_attn." + projection + ".weight", view);
                renaming.tensor(from + "attn.in_proj_bias", to + "self_attn." + projection + ".bias", view);
            });
        }
    }

    private JsonObject config() {
        return ClipConfig.json(tensors, EMBEDDING, POSITIONS, LAYERS + "0.mlp.c_fc.weight", layers, "gelu");
    }
}
