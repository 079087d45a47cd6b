package sc.fiji.diffusion.engine.network;

import java.util.ArrayList;
import java.util.List;
import sc.fiji.diffusion.engine.graph.Value;

/** The way down and the middle of a UNet. A ControlNet is a copy of it. Used once. */
final class UNetEncoder {

    private final UNetBlocks blocks;
    private final UNetEncoderConfig config;
    private final List<Skip> skips = new ArrayList<>();

    /** What the way down leaves for the way up. */
    record Skip(Value value, int channels) {}

    /**
     * What comes of it.
     *
     * @param middle with the channels of the lowest resolution
     * @param skips in the order in which they come about
     */
    record Encoded(Value middle, List<Skip> skips) {

        Encoded {
            skips = List.copyOf(skips);
        }
    }

    UNetEncoder(UNetBlocks blocks) {
        this.blocks = blocks;
        this.config = blocks.config();
    }

    /** @param x with the channels of full resolution */
    Encoded apply(Value x) {
        Value hidden = keep(x, config.blockOutChannels().get(0));
        for (int level = 0; level < config.levels(); level++) {
            hidden = downBlock(hidden, level);
        }
        return new Encoded(midBlock(hidden), skips);
    }

    private Value downBlock(Value x, int level) {
        String prefix = "down_blocks." + level;
        int out = config.blockOutChannels().get(level);
        Value hidden = x;
        for (int layer = 0; layer < config.layersPerBlock().get(level); layer++) {
            int in = skips.get(skips.size() - 1).channels();
            hidden = blocks.resnet(hidden, prefix + ".resnets." + layer, in, out);
            if (config.hasAttention().get(level)) {
                hidden = blocks.attend(hidden, prefix + ".attentions." + layer, level, transformers(level, layer));
            }
            keep(hidden, out);
        }
        if (level < config.levels() - 1) {
            hidden = keep(blocks.layers().conv3x3(hidden, prefix + ".downsamplers.0.conv", out, out, 2), out);
        }
        return hidden;
    }

    private Value midBlock(Value x) {
        int level = config.levels() - 1;
        int channels = config.blockOutChannels().get(level);
        if (config.middle() == MiddleBlock.NONE) {
            return x;
        }
        Value first = blocks.resnet(x, "mid_block.resnets.0", channels, channels);
        if (config.middle() == MiddleBlock.PLAIN) {
            return first;
        }
        Value attended = blocks.attend(first, "mid_block.attentions.0", level, transformers(level, 0));
        return blocks.resnet(attended, "mid_block.resnets.1", channels, channels);
    }

    private int transformers(int level, int attention) {
        return UNetEncoderConfig.blocks(config.transformerLayers().get(level), attention);
    }

    private Value keep(Value value, int channels) {
        skips.add(new Skip(value, channels));
        return value;
    }
}
