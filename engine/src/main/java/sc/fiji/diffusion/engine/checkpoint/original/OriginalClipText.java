package sc.fiji.diffusion.engine.checkpoint.original;

import com.google.gson.JsonObject;

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
        renaming.module("embeddings", TEXT_MODEL + "embeddings");
        renaming.module("encoder", TEXT_MODEL + "encoder");
        renaming.module("final_layer_norm", TEXT_MODEL + "final_layer_norm");
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
