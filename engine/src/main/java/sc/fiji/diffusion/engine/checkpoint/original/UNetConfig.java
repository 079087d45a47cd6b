package sc.fiji.diffusion.engine.checkpoint.original;

import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;

/**
 * Writes the {@code config.json} of a UNet from what its tensors show. Heads are those of the published
 * configurations: 8 everywhere in the first models ({@code num_heads: 8}), which project tokens by 1×1 convolutions;
 * later ones project by linear layers and have heads of 64 channels ({@code num_head_channels: 64}).
 */
final class UNetConfig {

    private static final int FIRST_MODELS_HEADS = 8;
    private static final int HEAD_CHANNELS = 64;
    private static final int NORM_GROUPS = 32;

    /** Of the sizes in pixels that SDXL is told, each becomes as many numbers. */
    private static final int TIME_IDS = 6;

    private static final String MIDDLE = "middle_block.1.";

    private final TensorShapes tensors;
    private final List<UNetLevel> down;
    private final List<UNetLevel> up;

    UNetConfig(TensorShapes tensors, List<UNetLevel> down, List<UNetLevel> up) {
        this.tensors = tensors;
        this.down = down;
        this.up = up;
    }

    JsonObject json(int sampleSize, OptionalInt pooledSize) {
        requireSymmetry();
        JsonObject config = Json.ofClass("_class_name", "UNet2DConditionModel");
        config.addProperty("sample_size", sampleSize);
        config.addProperty("in_channels", tensors.size("input_blocks.0.0.weight", 1));
        config.addProperty("out_channels", tensors.size("out.2.weight", 0));
        config.add("block_out_channels", Json.numbers(channels()));
        config.add("down_block_types", Json.texts(types(down, "CrossAttnDownBlock2D", "DownBlock2D")));
        config.add("up_block_types", Json.texts(types(up, "CrossAttnUpBlock2D", "UpBlock2D")));
        config.addProperty("layers_per_block", down.get(0).layers());
        config.add("transformer_layers_per_block", Json.numbers(depths()));
        config.addProperty("cross_attention_dim", tensors.size(MIDDLE + "transformer_blocks.0.attn2.to_k.weight", 1));
        addAttention(config);
        addNorms(config);
        addSummary(config, pooledSize);
        return config;
    }

    private List<Integer> channels() {
        return down.stream().map(UNetLevel::channels).toList();
    }

    /** A level without attention has an entry too; the last level's is the middle block's. */
    private List<Integer> depths() {
        List<Integer> depths = new ArrayList<>();
        down.forEach(level -> depths.add(Math.max(1, level.depth())));
        depths.set(depths.size() - 1, tensors.count(MIDDLE + "transformer_blocks."));
        return depths;
    }

    private static List<String> types(List<UNetLevel> levels, String with, String without) {
        return levels.stream().map(level -> level.depth() > 0 ? with : without).toList();
    }

    private void addAttention(JsonObject config) {
        boolean linear = tensors.shape(MIDDLE + "proj_in.weight").size() == 2;
        config.addProperty("use_linear_projection", linear);
        if (!linear) {
            config.addProperty("attention_head_dim", FIRST_MODELS_HEADS);
            return;
        }
        for (UNetLevel level : down) {
            if (level.channels() % HEAD_CHANNELS != 0) {
                throw tensors.wrong(
                        "middle_block.1.proj_in.weight",
                        "levels of a multiple of " + HEAD_CHANNELS + " channels, as its family has them"
                                + " (a folder with the model's configuration can say otherwise)",
                        channels());
            }
        }
        // An old mistake of diffusers': the field is called so and holds the number of heads.
        config.add(
                "attention_head_dim",
                Json.numbers(
                        channels().stream().map(size -> size / HEAD_CHANNELS).toList()));
    }

    private static void addNorms(JsonObject config) {
        config.addProperty("norm_num_groups", NORM_GROUPS);
        config.addProperty("norm_eps", 1e-5);
        config.addProperty("act_fn", "silu");
        config.addProperty("flip_sin_to_cos", true);
        config.addProperty("freq_shift", 0);
    }

    /** SDXL's second condition: the text's summary, and six sizes as waves of equal length. */
    private void addSummary(JsonObject config, OptionalInt pooledSize) {
        if (pooledSize.isEmpty()) {
            if (tensors.hasBelow("label_emb.")) {
                throw tensors.wrong(
                        "label_emb", "none in a model with one text encoder", "a condition beside the text");
            }
            return;
        }
        int size = tensors.size("label_emb.0.0.weight", 1);
        int waves = size - pooledSize.getAsInt();
        if (waves <= 0 || waves % TIME_IDS != 0) {
            throw tensors.wrong(
                    "label_emb.0.0.weight",
                    "inputs for a summary of " + pooledSize.getAsInt() + " and " + TIME_IDS + " sizes",
                    size);
        }
        config.addProperty("addition_embed_type", "text_time");
        config.addProperty("addition_time_embed_dim", waves / TIME_IDS);
        config.addProperty("projection_class_embeddings_input_dim", size);
    }

    /** The way up mirrors the way down, with one layer more a level; pruned models that differ are not supported. */
    private void requireSymmetry() {
        List<UNetLevel> mirrored = new ArrayList<>(down);
        Collections.reverse(mirrored);
        int layers = down.get(0).layers();
        List<UNetLevel> expected = mirrored.stream()
                .map(level -> new UNetLevel(level.channels(), layers + 1, level.depth()))
                .toList();
        int middle = tensors.count(MIDDLE + "transformer_blocks.");
        int last = down.get(down.size() - 1).depth();
        boolean alike = down.stream().allMatch(level -> level.layers() == layers);
        if (!alike || !up.equals(expected) || middle == 0 || (last > 0 && last != middle)) {
            throw tensors.wrong(
                    "input_blocks",
                    "levels with equally many layers, mirrored on the way up",
                    down + ", a middle of depth " + middle + " and " + up);
        }
    }
}
