package sc.fiji.diffusion.engine.network;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.checkpoint.ConfigFile;

/**
 * The options that {@code UNet2DConditionModel} and {@code ControlNetModel} share: those of the way down and of the
 * middle. Those that would need another computation are refused by name. Lists have one entry a level, from full
 * resolution down.
 *
 * @param inChannels of the latents
 * @param blockOutChannels channels
 * @param hasAttention whether the level's blocks attend to the text
 * @param middle what stands between the two ways
 * @param heads of the attention
 * @param transformerLayers transformer blocks in each attention; a level's list of one is for all of its attentions
 * @param layersPerBlock residual blocks
 * @param inKernel side of the first convolution
 * @param normGroups of the group norms
 * @param normEpsilon of the group norms
 * @param crossAttentionSize length of a hidden state of the text
 * @param cosineFirst whether the time embedding begins with the cosines
 * @param frequencyShift of the time embedding
 * @param guidanceSize length of the embedded guidance scale that a distilled network takes (LCM); 0 if it takes none
 * @param textTime what Stable Diffusion XL is told besides
 */
record UNetEncoderConfig(
        int inChannels,
        List<Integer> blockOutChannels,
        List<Boolean> hasAttention,
        MiddleBlock middle,
        List<Integer> heads,
        List<List<Integer>> transformerLayers,
        List<Integer> layersPerBlock,
        int inKernel,
        int normGroups,
        double normEpsilon,
        int crossAttentionSize,
        boolean cosineFirst,
        double frequencyShift,
        int guidanceSize,
        Optional<TextTime> textTime) {

    static final int LARGEST = 1 << 16;
    static final int MOST_TRANSFORMER_LAYERS = 100;

    private static final String TRANSFORMER_LAYERS = "transformer_layers_per_block";

    static UNetEncoderConfig of(ConfigFile file) {
        refuseUnsupported(file);
        List<Integer> channels = file.sizes("block_out_channels", List.of(320, 640, 1280, 1280), LARGEST);
        int levels = channels.size();
        List<String> types = file.texts(
                "down_block_types",
                List.of("CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D", "DownBlock2D"));
        return new UNetEncoderConfig(
                file.size("in_channels", 4, LARGEST),
                channels,
                hasAttention(file, "down_block_types", types, levels, "CrossAttnDownBlock2D", "DownBlock2D"),
                MiddleBlock.of(file),
                heads(file, levels),
                perLevel(
                        file,
                        TRANSFORMER_LAYERS,
                        file.sizeLists(TRANSFORMER_LAYERS, List.of(List.of(1)), MOST_TRANSFORMER_LAYERS),
                        levels),
                perLevel(file, "layers_per_block", file.sizes("layers_per_block", List.of(2), 100), levels),
                oddKernel(file, "conv_in_kernel"),
                file.size("norm_num_groups", 32, LARGEST),
                file.number("norm_eps", 1e-5),
                file.size("cross_attention_dim", 1280, LARGEST),
                file.flag("flip_sin_to_cos", true),
                file.number("freq_shift", 0),
                file.has("time_cond_proj_dim") ? file.size("time_cond_proj_dim", 1, LARGEST) : 0,
                TextTime.of(file));
    }

    int levels() {
        return blockOutChannels.size();
    }

    /** The length of the time embedding. */
    int timeSize() {
        return 4 * blockOutChannels.get(0);
    }

    /** How many tensors the way down leaves for the way up: the first, one a layer, one a halving. */
    int skips() {
        return 1 + layersPerBlock.stream().mapToInt(Integer::intValue).sum() + levels() - 1;
    }

    /** That of a ControlNet's copy: it has the latents' channels for itself and takes no embedded guidance scale. */
    UNetEncoderConfig copied(int channels) {
        return new UNetEncoderConfig(
                channels,
                blockOutChannels,
                hasAttention,
                middle,
                heads,
                transformerLayers,
                layersPerBlock,
                inKernel,
                normGroups,
                normEpsilon,
                crossAttentionSize,
                cosineFirst,
                frequencyShift,
                0,
                textTime);
    }

    static List<Boolean> hasAttention(
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

    /** In the public checkpoints {@code attention_head_dim} holds, by an old mistake, the number of heads. */
    private static List<Integer> heads(ConfigFile file, int levels) {
        String field = file.has("num_attention_heads") ? "num_attention_heads" : "attention_head_dim";
        return perLevel(file, field, file.sizes(field, List.of(8), LARGEST), levels);
    }

    /** Of a level's list of transformer blocks, the entry for one of its attentions. */
    static int blocks(List<Integer> transformerLayers, int attention) {
        return transformerLayers.get(Math.min(attention, transformerLayers.size() - 1));
    }

    static int oddKernel(ConfigFile file, String field) {
        int size = file.size(field, 3, 101);
        if (size % 2 == 0) {
            throw new CheckpointException(file.path() + ": " + field + ": expected an odd number, found " + size);
        }
        return size;
    }

    static <T> List<T> perLevel(ConfigFile file, String field, List<T> values, int levels) {
        if (values.size() == 1) {
            return Collections.nCopies(levels, values.get(0));
        }
        if (values.size() != levels) {
            throw new CheckpointException(file.path() + ": " + field + ": expected one entry for each of the " + levels
                    + " levels, found " + values);
        }
        return values;
    }

    private static void refuseUnsupported(ConfigFile file) {
        file.requireText("act_fn", "silu");
        file.requireText("resnet_time_scale_shift", "default");
        for (String field : List.of(
                "only_cross_attention",
                "class_embed_type",
                "encoder_hid_dim",
                "encoder_hid_dim_type",
                "num_class_embeds")) {
            file.requireAbsent(field);
        }
        for (String scale : List.of("mid_block_scale_factor", "downsample_padding")) {
            requireOne(file, scale);
        }
    }

    static void requireOne(ConfigFile file, String field) {
        if (file.number(field, 1) != 1) {
            throw new CheckpointException(file.path() + ": " + field + ": expected 1, found " + file.number(field, 1));
        }
    }
}
