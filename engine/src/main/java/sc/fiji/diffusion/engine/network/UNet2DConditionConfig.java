package sc.fiji.diffusion.engine.network;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.checkpoint.ConfigFile;

/**
 * The options of diffusers' {@code UNet2DConditionModel} that are supported; those that would need another computation
 * are refused by name. Lists have one entry a level, from full resolution down.
 *
 * @param inChannels of the latents
 * @param outChannels of the prediction
 * @param blockOutChannels channels
 * @param downHasAttention whether the level's blocks on the way down attend to the text
 * @param upHasAttention whether the blocks on the way up do, from the lowest resolution up
 * @param heads of the attention
 * @param downTransformerLayers transformer blocks in each attention of the blocks on the way down
 * @param upTransformerLayers those of the blocks on the way up, from the lowest resolution up
 * @param layersPerBlock residual blocks
 * @param hasMidBlock false in some networks that were made smaller afterwards
 * @param inKernel side of the first convolution
 * @param outKernel side of the last convolution
 * @param normGroups of the group norms
 * @param normEpsilon of the group norms
 * @param crossAttentionSize length of a hidden state of the text
 * @param cosineFirst whether the time embedding begins with the cosines
 * @param frequencyShift of the time embedding
 * @param guidanceSize length of the embedded guidance scale that a distilled network takes (LCM); 0 if it takes none
 * @param textTime what Stable Diffusion XL is told besides
 */
record UNet2DConditionConfig(
        int inChannels,
        int outChannels,
        List<Integer> blockOutChannels,
        List<Boolean> downHasAttention,
        List<Boolean> upHasAttention,
        List<Integer> heads,
        List<List<Integer>> downTransformerLayers,
        List<List<Integer>> upTransformerLayers,
        List<Integer> layersPerBlock,
        boolean hasMidBlock,
        int inKernel,
        int outKernel,
        int normGroups,
        double normEpsilon,
        int crossAttentionSize,
        boolean cosineFirst,
        double frequencyShift,
        int guidanceSize,
        Optional<TextTime> textTime) {

    private static final int LARGEST = 1 << 16;
    private static final String TRANSFORMER_LAYERS = "transformer_layers_per_block";
    private static final String REVERSE_TRANSFORMER_LAYERS = "reverse_transformer_layers_per_block";

    static UNet2DConditionConfig of(ConfigFile file) {
        refuseUnsupported(file);
        List<Integer> channels = file.sizes("block_out_channels", List.of(320, 640, 1280, 1280), LARGEST);
        int levels = channels.size();
        List<String> down = file.texts(
                "down_block_types",
                List.of("CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"));
        List<String> up = file.texts(
                "up_block_types",
                List.of("UpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "CrossAttnUpBlock2D"));
        List<List<Integer>> transformerLayers = perLevel(
                file, TRANSFORMER_LAYERS, file.sizeLists(TRANSFORMER_LAYERS, List.of(List.of(1)), 100), levels);
        return new UNet2DConditionConfig(
                file.size("in_channels", 4, LARGEST),
                file.size("out_channels", 4, LARGEST),
                channels,
                hasAttention(file, "down_block_types", down, levels, "CrossAttnDownBlock2D", "DownBlock2D"),
                hasAttention(file, "up_block_types", up, levels, "CrossAttnUpBlock2D", "UpBlock2D"),
                heads(file, levels),
                transformerLayers,
                upTransformerLayers(file, transformerLayers),
                perLevel(file, "layers_per_block", file.sizes("layers_per_block", List.of(2), 100), levels),
                !file.isNull("mid_block_type"),
                oddKernel(file, "conv_in_kernel"),
                oddKernel(file, "conv_out_kernel"),
                file.size("norm_num_groups", 32, LARGEST),
                file.number("norm_eps", 1e-5),
                file.size("cross_attention_dim", 1280, LARGEST),
                file.flag("flip_sin_to_cos", true),
                file.number("freq_shift", 0),
                file.has("time_cond_proj_dim") ? file.size("time_cond_proj_dim", 1, LARGEST) : 0,
                TextTime.of(file));
    }

    /**
     * The embedding {@code text_time}: a text summed up, and six numbers on the picture's size.
     *
     * @param timeSize length of the embedding of each number
     * @param inputSize of all that is embedded together
     */
    record TextTime(int timeSize, int inputSize) {

        /** How many numbers: original height and width, top and left of the crop, target height and width. */
        static final int NUMBERS = 6;

        static Optional<TextTime> of(ConfigFile file) {
            if (!file.has("addition_embed_type")) {
                return Optional.empty();
            }
            file.requireText("addition_embed_type", "text_time");
            TextTime found = new TextTime(
                    file.size("addition_time_embed_dim", 256, LARGEST),
                    file.size("projection_class_embeddings_input_dim", 2816, LARGEST));
            if (found.textSize() < 1) {
                throw new CheckpointException(
                        file.path() + ": projection_class_embeddings_input_dim: expected more than " + NUMBERS
                                + " times addition_time_embed_dim, found " + found.inputSize);
            }
            return Optional.of(found);
        }

        int textSize() {
            return inputSize - NUMBERS * timeSize;
        }
    }

    int levels() {
        return blockOutChannels.size();
    }

    /** The length of the time embedding. */
    int timeSize() {
        return 4 * blockOutChannels.get(0);
    }

    /** Of a level's list, the entry for one of its attentions; a list of one is for them all. */
    static int blocks(List<Integer> transformerLayers, int attention) {
        return transformerLayers.get(Math.min(attention, transformerLayers.size() - 1));
    }

    private static List<List<Integer>> upTransformerLayers(ConfigFile file, List<List<Integer>> down) {
        List<List<Integer>> mirrored = new ArrayList<>(down);
        Collections.reverse(mirrored);
        return perLevel(
                file,
                REVERSE_TRANSFORMER_LAYERS,
                file.sizeLists(REVERSE_TRANSFORMER_LAYERS, mirrored, 100),
                down.size());
    }

    private static int oddKernel(ConfigFile file, String field) {
        int size = file.size(field, 3, 101);
        if (size % 2 == 0) {
            throw new CheckpointException(file.path() + ": " + field + ": expected an odd number, found " + size);
        }
        return size;
    }

    /** In the public checkpoints {@code attention_head_dim} holds, by an old mistake, the number of heads. */
    private static List<Integer> heads(ConfigFile file, int levels) {
        String field = file.has("num_attention_heads") ? "num_attention_heads" : "attention_head_dim";
        return perLevel(file, field, file.sizes(field, List.of(8), LARGEST), levels);
    }

    private static <T> List<T> perLevel(ConfigFile file, String field, List<T> values, int levels) {
        if (values.size() == 1) {
            return Collections.nCopies(levels, values.get(0));
        }
        if (values.size() != levels) {
            throw new CheckpointException(file.path() + ": " + field + ": expected one entry for each of the " + levels
                    + " levels, found " + values);
        }
        return values;
    }

    private static List<Boolean> hasAttention(
            ConfigFile file, String field, List<String> types, int levels, String with, String without) {
        if (types.size() != levels) {
            throw new CheckpointException(file.path() + ": " + field + ": expected one entry for each of the " + levels
                    + " levels, found " + types);
        }
        for (String type : types) {
            if (!type.equals(with) && !type.equals(without)) {
                throw new CheckpointException(
                        file.path() + ": " + field + ": expected " + with + " or " + without + ", found " + type);
            }
        }
        return types.stream().map(with::equals).toList();
    }

    private static void refuseUnsupported(ConfigFile file) {
        file.requireText("_class_name", "UNet2DConditionModel");
        file.requireText("act_fn", "silu");
        if (!file.isNull("mid_block_type")) {
            file.requireText("mid_block_type", "UNetMidBlock2DCrossAttn");
        }
        file.requireText("resnet_time_scale_shift", "default");
        file.requireText("time_embedding_type", "positional");
        file.requireText("attention_type", "default");
        for (String field : List.of(
                "center_input_sample",
                "only_cross_attention",
                "dual_cross_attention",
                "class_embed_type",
                "encoder_hid_dim",
                "encoder_hid_dim_type",
                "num_class_embeds",
                "time_embedding_dim",
                "time_embedding_act_fn",
                "timestep_post_act",
                "resnet_skip_time_act",
                "mid_block_only_cross_attention",
                "cross_attention_norm")) {
            file.requireAbsent(field);
        }
        for (String scale : List.of("resnet_out_scale_factor", "mid_block_scale_factor", "downsample_padding")) {
            if (file.number(scale, 1) != 1) {
                throw new CheckpointException(
                        file.path() + ": " + scale + ": expected 1, found " + file.number(scale, 1));
            }
        }
    }
}
