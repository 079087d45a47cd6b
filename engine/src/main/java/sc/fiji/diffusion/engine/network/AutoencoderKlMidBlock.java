package sc.fiji.diffusion.engine.network;

import sc.fiji.diffusion.engine.graph.Value;

/** What encoder and decoder of the VAE have alike at their lowest resolution: two residual blocks around attention. */
record AutoencoderKlMidBlock(AutoencoderKlConfig config, Layers layers, ResnetBlock2D resnet) {

    Value apply(Value x, String prefix) {
        int channels = config.lowestChannels();
        Value hidden = resnet.apply(x, prefix + ".resnets.0", channels, channels);
        if (config.midAttention()) {
            hidden = attention(hidden, prefix + ".attentions.0", channels);
        }
        return resnet.apply(hidden, prefix + ".resnets.1", channels, channels);
    }

    /** One head as wide as the channels, over all pixels of the latents. */
    private Value attention(Value x, String prefix, int channels) {
        Value normalized =
                layers.groupNorm(x, prefix + ".group_norm", channels, config.normGroups(), AutoencoderKlConfig.EPSILON);
        Value tokens = layers.toTokens(normalized, channels);
        Value query = layers.pointwise(tokens, prefix + ".to_q", channels, channels);
        Value key = layers.pointwise(tokens, prefix + ".to_k", channels, channels);
        Value value = layers.pointwise(tokens, prefix + ".to_v", channels, channels);
        Value attended = layers.attention().of(query, key, value, 1);
        Value projected = layers.pointwise(attended, prefix + ".to_out.0", channels, channels);
        return layers.graph().add(layers.fromTokens(projected, x), x);
    }
}
