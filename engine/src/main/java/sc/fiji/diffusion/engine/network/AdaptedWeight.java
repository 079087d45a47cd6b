package sc.fiji.diffusion.engine.network;

import java.util.List;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.adapter.WeightChange;
import sc.fiji.diffusion.engine.adapter.WeightDelta;
import sc.fiji.diffusion.engine.checkpoint.WeightTensor;
import sc.fiji.diffusion.engine.graph.Attribute;
import sc.fiji.diffusion.engine.graph.GraphBuilder;
import sc.fiji.diffusion.engine.graph.Value;

/**
 * {@code W + Σ scale · Δ} written as nodes over weights alone, which the runtime computes once, when it opens the graph.
 *
 * @param graph where the nodes go
 * @param weight {@code W}, {@code [out, …]}
 */
record AdaptedWeight(GraphBuilder graph, WeightTensor weight) {

    Value with(List<WeightChange> changes) {
        Value sum = graph.weight(weight.reshaped(List.of(out(), rest())));
        for (WeightChange change : changes) {
            sum = plus(sum, change);
        }
        return graph.reshape(
                sum, weight.shape().stream().mapToLong(Integer::longValue).toArray());
    }

    private int out() {
        return weight.shape().get(0);
    }

    private int rest() {
        return Math.toIntExact(weight.count() / out());
    }

    private Value plus(Value sum, WeightChange change) {
        if (change.delta() instanceof WeightDelta.LowRank product
                && product.core().isEmpty()) {
            // One node for product, scale and sum, so that nothing of the weight's size is made in between.
            return graph.node(
                    "Gemm", List.of(up(product), flat(product.down()), sum), Attribute.number("alpha", change.scale()));
        }
        return graph.add(sum, graph.multiply(rows(change.delta()), graph.scalar(change.scale())));
    }

    /** The change as {@code [out, rest]}. */
    private Value rows(WeightDelta delta) {
        if (delta instanceof WeightDelta.Whole whole) {
            return graph.weight(whole.tensor().reshaped(List.of(out(), rest())));
        }
        if (delta instanceof WeightDelta.LowRank product) {
            return graph.reshape(lowRank(product), out(), rest());
        }
        if (delta instanceof WeightDelta.Hadamard product) {
            return graph.multiply(rows(product.one()), rows(product.other()));
        }
        return kronecker((WeightDelta.Kronecker) delta);
    }

    private Value lowRank(WeightDelta.LowRank product) {
        if (product.core().isEmpty()) {
            return graph.node("MatMul", List.of(up(product), flat(product.down())));
        }
        String up = product.upIsTransposed() ? "ro" : "or";
        return graph.node(
                "Einsum",
                List.of(graph.weight(product.up()), graph.weight(product.core().get()), graph.weight(product.down())),
                Attribute.text("equation", up + ",rskl,si->oikl"));
    }

    private Value up(WeightDelta.LowRank product) {
        return graph.weight(product.up());
    }

    /** {@code [a, b]} and {@code [c, d, k, k]} to {@code [a·c, b·d·k·k]}. */
    private Value kronecker(WeightDelta.Kronecker product) {
        List<Integer> small = product.one().shape();
        int kernel = weight.shape().stream().skip(2).reduce(1, Math::multiplyExact);
        int rows = out() / small.get(0);
        int columns = rest() / kernel / small.get(1);
        if (rows * small.get(0) != out() || columns * small.get(1) * kernel != rest()) {
            throw new CheckpointException("LoKr of " + weight.name() + ": expected factors that divide its shape "
                    + weight.shape() + ", found " + small);
        }
        Value one = graph.reshape(whole(product.one()), small.get(0), 1, small.get(1), 1, 1);
        Value other = graph.reshape(whole(product.other()), 1, rows, 1, columns, kernel);
        return graph.reshape(graph.multiply(one, other), out(), rest());
    }

    private Value whole(WeightDelta factor) {
        return factor instanceof WeightDelta.Whole whole
                ? graph.weight(whole.tensor())
                : lowRank((WeightDelta.LowRank) factor);
    }

    private Value flat(WeightTensor down) {
        int rank = down.shape().get(0);
        return graph.weight(down.reshaped(List.of(rank, Math.toIntExact(down.count() / rank))));
    }
}
