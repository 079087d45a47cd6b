package sc.fiji.diffusion.engine.network;

import java.util.List;
import sc.fiji.diffusion.engine.graph.Attribute;
import sc.fiji.diffusion.engine.graph.GraphBuilder;
import sc.fiji.diffusion.engine.graph.Value;

/**
 * diffusers' {@code Transformer2DModel} over latents: each pixel a token that looks at the others (self-attention), at
 * the text (cross-attention), and thinks by itself (a gated feed-forward network).
 *
 * @param layers where the nodes go
 * @param groups of the group norm
 * @param textSize length of a hidden state of the text
 */
record Transformer2D(Layers layers, int groups, int textSize) {

    private static final double GROUP_NORM_EPSILON = 1e-6;
    private static final double LAYER_NORM_EPSILON = 1e-5;
    private static final int FEED_FORWARD_FACTOR = 4;

    /**
     * @param x {@code [N, channels, h, w]}
     * @param text {@code [N, tokens, textSize]}
     * @param blocks how many transformer blocks follow each other
     */
    Value apply(Value x, Value text, String prefix, int channels, int heads, int blocks) {
        Value normalized = layers.groupNorm(x, prefix + ".norm", channels, groups, GROUP_NORM_EPSILON);
        // Projecting tokens is the same whether the checkpoint stores a linear layer or a 1×1 convolution.
        Value tokens = layers.pointwise(layers.toTokens(normalized, channels), prefix + ".proj_in", channels, channels);
        for (int block = 0; block < blocks; block++) {
            tokens = basicBlock(tokens, text, prefix + ".transformer_blocks." + block, channels, heads);
        }
        Value projected = layers.pointwise(tokens, prefix + ".proj_out", channels, channels);
        return layers.graph().add(layers.fromTokens(projected, x), x);
    }

    private Value basicBlock(Value x, Value text, String prefix, int size, int heads) {
        GraphBuilder graph = layers.graph();
        Value own = layers.layerNorm(x, prefix + ".norm1", size, LAYER_NORM_EPSILON);
        Value attended = graph.add(x, attention(own, own, size, prefix + ".attn1", size, heads));
        Value query = layers.layerNorm(attended, prefix + ".norm2", size, LAYER_NORM_EPSILON);
        Value informed = graph.add(attended, attention(query, text, textSize, prefix + ".attn2", size, heads));
        Value forward = layers.layerNorm(informed, prefix + ".norm3", size, LAYER_NORM_EPSILON);
        return graph.add(informed, feedForward(forward, prefix + ".ff.net", size));
    }

    private Value attention(Value x, Value context, int contextSize, String prefix, int size, int heads) {
        if (size % heads != 0) {
            throw Unsupported.because(layers.weights(), prefix, "channels that " + heads + " heads divide", size);
        }
        Value query = layers.linear(x, prefix + ".to_q", size, size);
        Value key = layers.linear(context, prefix + ".to_k", contextSize, size);
        Value value = layers.linear(context, prefix + ".to_v", contextSize, size);
        return layers.linear(layers.attention().of(query, key, value, heads), prefix + ".to_out.0", size, size);
    }

    /** GEGLU (Shazeer 2020): half of the projection, gated by the GELU of the other half. */
    private Value feedForward(Value x, String prefix, int size) {
        int inner = FEED_FORWARD_FACTOR * size;
        Value projected = layers.linear(x, prefix + ".0.proj", size, 2 * inner);
        List<Value> halves = layers.graph()
                .nodes(
                        "Split",
                        2,
                        List.of(projected),
                        Attribute.integer("axis", -1),
                        Attribute.integer("num_outputs", 2));
        Value gated = layers.graph().multiply(halves.get(0), layers.gelu(halves.get(1)));
        return layers.linear(gated, prefix + ".2", inner, size);
    }
}
