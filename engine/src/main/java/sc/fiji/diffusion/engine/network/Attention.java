package sc.fiji.diffusion.engine.network;

import java.util.List;
import sc.fiji.diffusion.engine.graph.Attribute;
import sc.fiji.diffusion.engine.graph.ElementType;
import sc.fiji.diffusion.engine.graph.GraphBuilder;
import sc.fiji.diffusion.engine.graph.Value;

/**
 * Scaled dot-product attention with several heads (Vaswani et al. 2017) over {@code [N, tokens, size]}. The fused node
 * never holds the matrix of all pairs of tokens as a whole; the plain ones do.
 *
 * @param layers where the nodes go
 */
record Attention(Layers layers) {

    Value of(Value query, Value key, Value value, int heads) {
        return of(query, key, value, heads, GraphBuilder.ABSENT);
    }

    /** @param bias added to the scores: {@code [1, 1, tokens, tokens]}, or {@link GraphBuilder#ABSENT} */
    Value of(Value query, Value key, Value value, int heads, Value bias) {
        if (layers.form().isPlain()) {
            return plain(query, key, value, heads, bias);
        }
        boolean biased = !bias.equals(GraphBuilder.ABSENT);
        List<Value> inputs = biased
                ? List.of(query, key, value, GraphBuilder.ABSENT, GraphBuilder.ABSENT, bias)
                : List.of(query, key, value);
        return graph().microsoftNode("MultiHeadAttention", inputs, Attribute.integer("num_heads", heads));
    }

    private Value plain(Value query, Value key, Value value, int heads, Value bias) {
        Value headsOfKey = headsFirst(key, heads, 0, 2, 3, 1);
        Value scores = graph().node("MatMul", List.of(headsFirst(query, heads, 0, 2, 1, 3), headsOfKey));
        Value size = graph().cast(graph().shape(headsOfKey, 2, 3), ElementType.FLOAT32);
        Value root = layers.entering(graph().node("Sqrt", List.of(size)));
        Value scaled = graph().node("Div", List.of(scores, root));
        Value biased = bias.equals(GraphBuilder.ABSENT) ? scaled : graph().add(scaled, bias);
        Value shares = graph().node("Softmax", List.of(biased), Attribute.integer("axis", -1));
        Value attended = graph().node("MatMul", List.of(shares, headsFirst(value, heads, 0, 2, 1, 3)));
        Value shape = graph().node("Shape", List.of(query));
        return graph().node("Reshape", List.of(graph().transpose(attended, 0, 2, 1, 3), shape));
    }

    /** {@code [N, tokens, size]} to heads, in the order given of {@code [N, tokens, heads, size / heads]}. */
    private Value headsFirst(Value x, int heads, long... order) {
        return graph().transpose(graph().reshape(x, 0, 0, heads, -1), order);
    }

    private GraphBuilder graph() {
        return layers.graph();
    }
}
