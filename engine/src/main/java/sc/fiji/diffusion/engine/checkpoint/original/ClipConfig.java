package sc.fiji.diffusion.engine.checkpoint.original;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;

/** Writes the {@code config.json} of a text encoder. All of CLIP's have heads of 64 channels. */
final class ClipConfig {

    private static final int HEAD_CHANNELS = 64;

    private ClipConfig() {}

    /**
     * @param tensors of the text encoder
     * @param embedding the name of the tokens' embedding, {@code [vocabulary, hidden size]}
     * @param positions the name of the positions' embedding, {@code [tokens, hidden size]}
     * @param innerLayer the name of a feed-forward network's first weight, {@code [intermediate size, hidden size]}
     */
    static JsonObject json(
            TensorShapes tensors,
            String embedding,
            String positions,
            String innerLayer,
            int layers,
            String activation) {
        int hidden = tensors.size(embedding, 1);
        if (hidden % HEAD_CHANNELS != 0) {
            throw tensors.wrong(
                    embedding,
                    "a hidden size that is a multiple of " + HEAD_CHANNELS + ", as CLIP's text encoders have"
                            + " (a folder with the model's configuration can say otherwise)",
                    hidden);
        }
        JsonObject config = new JsonObject();
        config.addProperty("model_type", "clip_text_model");
        config.addProperty("vocab_size", tensors.size(embedding, 0));
        config.addProperty("max_position_embeddings", tensors.size(positions, 0));
        config.addProperty("hidden_size", hidden);
        config.addProperty("intermediate_size", tensors.size(innerLayer, 0));
        config.addProperty("num_hidden_layers", layers);
        config.addProperty("num_attention_heads", hidden / HEAD_CHANNELS);
        config.addProperty("hidden_act", activation);
        config.addProperty("layer_norm_eps", 1e-5);
        config.addProperty("projection_dim", hidden);
        addArchitecture(config, "CLIPTextModel");
        return config;
    }

    static void addArchitecture(JsonObject config, String name) {
        JsonArray architectures = new JsonArray();
        architectures.add(name);
        config.add("architectures", architectures);
    }
}
