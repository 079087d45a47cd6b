package sc.fiji.diffusion.engine.network;

import sc.fiji.diffusion.engine.graph.Value;

/**
 * diffusers' {@code ResnetBlock2D}: norm, SiLU, convolution, plus the time embedding; norm, SiLU, convolution; plus the
 * input, brought to the output's channels where they differ.
 *
 * @param layers where the nodes go
 * @param groups of the norms
 * @param epsilon of the norms
 */
record ResnetBlock2D(Layers layers, int groups, double epsilon) {

    /** Without a time embedding, as in the VAE. */
    Value apply(Value x, String prefix, int in, int out) {
        Value hidden = layers.conv3x3(normalized(x, prefix + ".norm1", in), prefix + ".conv1", in, out);
        return secondHalf(x, hidden, prefix, in, out);
    }

    /**
     * With a time embedding.
     *
     * @param time SiLU of the embedding, {@code [1 or N, timeSize]}
     */
    Value apply(Value x, Value time, int timeSize, String prefix, int in, int out) {
        Value hidden = layers.conv3x3(normalized(x, prefix + ".norm1", in), prefix + ".conv1", in, out);
        Value shift = layers.entering(layers.exact().linear(time, prefix + ".time_emb_proj", timeSize, out));
        Value shifted = layers.graph().add(hidden, layers.graph().reshape(shift, -1, out, 1, 1));
        return secondHalf(x, shifted, prefix, in, out);
    }

    private Value secondHalf(Value x, Value hidden, String prefix, int in, int out) {
        Value result = layers.conv3x3(normalized(hidden, prefix + ".norm2", out), prefix + ".conv2", out, out);
        boolean shortcut = layers.weights().has(prefix + ".conv_shortcut.weight");
        Value residual = shortcut ? layers.conv1x1(x, prefix + ".conv_shortcut", in, out) : x;
        return layers.graph().add(residual, result);
    }

    private Value normalized(Value x, String prefix, int channels) {
        return layers.silu(layers.groupNorm(x, prefix, channels, groups, epsilon));
    }
}
