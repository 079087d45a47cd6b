package sc.fiji.diffusion.engine.network;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sc.fiji.diffusion.engine.checkpoint.WeightTensor;
import sc.fiji.diffusion.engine.checkpoint.Weights;
import sc.fiji.diffusion.engine.graph.GraphBuilder;
import sc.fiji.diffusion.engine.graph.Value;
import sc.fiji.diffusion.engine.quantization.RoundedWeight;
import sc.fiji.diffusion.engine.quantization.RoundedWeights;

/**
 * Matrix products in 8 bits, with the usual symmetric weights, one scale to an output channel, and asymmetric inputs,
 * whose one scale is found while the network runs (Jacob et al. 2018, arXiv 1712.05877). Products are summed in 32 bits
 * and given as float32, so that nothing but the factors is rounded, and no range has to be known beforehand.
 *
 * <p>A convolution is one such product too, of each pixel's neighbourhood: {@code QLinearConv} is hardly
 * faster, as it gathers them just so, but would round the output to 8 bits, with a range that only a calibration could
 * tell.
 */
final class IntegerLayers {

    private final GraphBuilder graph;

    /** Values that several layers take, such as query, key and value, are rounded once. */
    private final Map<Value, Rounded> rounded = new HashMap<>();

    /** {@code (values - zero) · scale}, all values with one scale. */
    private record Rounded(Value values, Value scale, Value zero) {}

    /** The files are made by {@link #write}. */
    private final RoundedWeights roundedWeights;

    IntegerLayers(GraphBuilder graph, Weights weights) {
        this.graph = graph;
        this.roundedWeights = RoundedWeights.of(weights);
    }

    /** Makes the file with the weights, if it is not there, once the graph is written. */
    void write() {
        roundedWeights.write();
    }

    /** Keeps the place of a weight that is not used now, so that the file is the same with and without LoRAs. */
    void keepPlace(WeightTensor weight) {
        roundedWeights.of(weight);
    }

    /**
     * {@code x · Wᵀ + b} over the last dimension.
     *
     * @param weight {@code W}, {@code [out, in]}
     * @param bias {@code [out]}, or {@link GraphBuilder#ABSENT}
     */
    Value linear(Value x, WeightTensor weight, Value bias) {
        Rounded in = rounded(x);
        return product(in, in.values(), roundedWeights.of(weight), bias);
    }

    /**
     * A convolution over {@code [N, in, h, w]}: 3×3, padded by one on all sides, or 1×1.
     *
     * @param weight {@code [out, in, kernel, kernel]}
     * @param stride 2 halves the size; 1 if the kernel is
     */
    Value convolution(Value x, WeightTensor weight, Value bias, int stride) {
        Rounded in = rounded(x);
        Value lastChannels = graph.transpose(in.values(), 0, 2, 3, 1);
        boolean hasNeighbours = weight.shape().get(2) == 3;
        Value gathered = hasNeighbours ? neighbours(lastChannels, in.zero(), stride) : lastChannels;
        return graph.transpose(product(in, gathered, roundedWeights.of(weight), bias), 0, 3, 1, 2);
    }

    /** Each pixel's neighbours beside each other: {@code [N, h, w, c]} to {@code [N, h / stride, w / stride, 9·c]}. */
    private Value neighbours(Value x, Value zero, int stride) {
        Value padded = graph.node("Pad", List.of(x, graph.integers(0, 1, 1, 0, 0, 1, 1, 0), zero));
        List<Value> neighbours = new ArrayList<>();
        for (int row = 0; row < 3; row++) {
            for (int column = 0; column < 3; column++) {
                neighbours.add(graph.node(
                        "Slice",
                        List.of(
                                padded,
                                graph.integers(row, column),
                                graph.integers(end(row), end(column)),
                                graph.integers(1, 2),
                                graph.integers(stride, stride))));
            }
        }
        return graph.concatenate(3, neighbours.toArray(Value[]::new));
    }

    /** Where the neighbours end that begin so far from the border: as far from the other one, seen from the end. */
    private static long end(int begin) {
        return begin == 2 ? Integer.MAX_VALUE : begin - 2;
    }

    private Rounded rounded(Value x) {
        return rounded.computeIfAbsent(x, value -> {
            List<Value> parts = graph.nodes("DynamicQuantizeLinear", 3, List.of(value));
            return new Rounded(parts.get(0), parts.get(1), parts.get(2));
        });
    }

    private Value product(Rounded in, Value values, RoundedWeight weights, Value bias) {
        return graph.microsoftNode(
                "MatMulIntegerToFloat",
                List.of(
                        values,
                        graph.weight(weights.values()),
                        in.scale(),
                        graph.weight(weights.scale()),
                        in.zero(),
                        GraphBuilder.ABSENT,
                        bias));
    }
}
