package sc.fiji.diffusion.engine.network;

import sc.fiji.diffusion.engine.graph.ElementType;
import sc.fiji.diffusion.engine.graph.Value;

/**
 * What all levels of a UNet are built of.
 *
 * @param layers where the nodes go
 * @param config of the network
 * @param time SiLU of the time embedding
 * @param text {@code [N, tokens, size]}
 */
record UNetBlocks(Layers layers, UNetEncoderConfig config, Value time, Value text) {

    /** Declares the inputs for time and text. */
    static UNetBlocks declared(Layers layers, UNetEncoderConfig config) {
        Value time = new TimeEmbedding(layers.exact(), config).declared();
        Value text = layers.graph()
                .input(
                        UNet2DCondition.ENCODER_HIDDEN_STATES,
                        ElementType.FLOAT32,
                        "batch",
                        "tokens",
                        String.valueOf(config.crossAttentionSize()));
        return new UNetBlocks(layers, config, time, layers.entering(text));
    }

    /** Declares the input for the latents, and brings them to the channels of full resolution. */
    Value convolvedSample() {
        String channels = String.valueOf(config.inChannels());
        Value sample =
                layers.graph().input(UNet2DCondition.SAMPLE, ElementType.FLOAT32, "batch", channels, "height", "width");
        return layers.conv2d(
                layers.entering(sample),
                "conv_in",
                config.inChannels(),
                config.blockOutChannels().get(0),
                config.inKernel(),
                1,
                config.inKernel() / 2);
    }

    /** A residual block, told of the time. */
    Value resnet(Value x, String prefix, int in, int out) {
        return new ResnetBlock2D(layers, config.normGroups(), config.normEpsilon())
                .apply(x, time, config.timeSize(), prefix, in, out);
    }

    /** Attention among the pixels and to the text, in so many transformer blocks. */
    Value attend(Value x, String prefix, int level, int transformers) {
        return new Transformer2D(layers, config.normGroups(), config.crossAttentionSize())
                .apply(
                        x,
                        text,
                        prefix,
                        config.blockOutChannels().get(level),
                        config.heads().get(level),
                        transformers);
    }
}
