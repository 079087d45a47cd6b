package sc.fiji.diffusion.engine.network;

import java.util.Collections;
import java.util.List;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.checkpoint.ConfigFile;

/** Sizes and options of a {@code vae/config.json}; lists from full resolution down. */
record AutoencoderKlConfig(
        int inChannels,
        int latentChannels,
        int outChannels,
        List<Integer> blockOutChannels,
        int layersPerBlock,
        int normGroups,
        boolean quantConvolution,
        boolean postQuantConvolution,
        boolean midAttention) {

    /** Of all norms of the network. */
    static final double EPSILON = 1e-6;

    private static final int LARGEST = 1 << 16;

    static AutoencoderKlConfig of(ConfigFile file) {
        file.requireText("_class_name", "AutoencoderKL");
        file.requireText("act_fn", "silu");
        List<Integer> channels = file.sizes("block_out_channels", List.of(64), LARGEST);
        requireBlocks(file, "down_block_types", "DownEncoderBlock2D", channels.size());
        requireBlocks(file, "up_block_types", "UpDecoderBlock2D", channels.size());
        return new AutoencoderKlConfig(
                file.size("in_channels", 3, 3),
                file.size("latent_channels", 4, LARGEST),
                file.size("out_channels", 3, 3),
                channels,
                file.size("layers_per_block", 1, 100),
                file.size("norm_num_groups", 32, LARGEST),
                file.flag("use_quant_conv", true),
                file.flag("use_post_quant_conv", true),
                file.flag("mid_block_add_attention", true));
    }

    int levels() {
        return blockOutChannels.size();
    }

    /** Channels at the lowest resolution. */
    int lowestChannels() {
        return blockOutChannels.get(levels() - 1);
    }

    private static void requireBlocks(ConfigFile file, String field, String kind, int levels) {
        List<String> plain = Collections.nCopies(levels, kind);
        List<String> found = file.texts(field, plain);
        if (!found.equals(plain)) {
            throw new CheckpointException(file.path() + ": " + field + ": expected " + plain + ", found " + found);
        }
    }
}
