package sc.fiji.diffusion.engine.device;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import sc.fiji.diffusion.engine.checkpoint.WeightTensor;
import sc.fiji.diffusion.engine.graph.Attribute;
import sc.fiji.diffusion.engine.graph.ElementType;
import sc.fiji.diffusion.engine.graph.Graph;
import sc.fiji.diffusion.engine.graph.GraphBuilder;
import sc.fiji.diffusion.engine.graph.Value;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;
import sc.fiji.diffusion.engine.safetensors.SafetensorsWriter;
import sc.fiji.diffusion.engine.safetensors.TensorInfo;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * A small network of what a UNet spends its time on, at the widths of Stable Diffusion 1.5's first level: a 3 × 3
 * convolution of 320 channels, and the two matrix products of a feed-forward layer, 320 to 1280 to 320. From {@code x}
 * {@code [1, 320, h, w]} it makes {@code y} {@code [1, 320]}, the mean over all pixels, so that little is copied.
 */
final class SpeedGraph {

    static final String INPUT = "x";
    static final String OUTPUT = "y";
    static final int CHANNELS = 320;

    private static final int HIDDEN = 4 * CHANNELS;
    private static final int KERNEL = 3;
    private static final String CONVOLUTION = "convolution";
    private static final String UP = "up";
    private static final String DOWN = "down";

    private SpeedGraph() {}

    /** Multiplications and additions for an input of {@code size} × {@code size} pixels. */
    static double operations(int size) {
        double convolution = 2.0 * CHANNELS * CHANNELS * KERNEL * KERNEL;
        double products = 2.0 * 2 * CHANNELS * HIDDEN;
        return (convolution + products) * size * size;
    }

    /** The same input each time: normal values. */
    static Tensor input(int size) {
        return random(size, 1, 1, CHANNELS, size, size);
    }

    /** Writes the weights into a folder, where they stay as long as the graph is used. */
    static Graph in(Path folder) throws IOException {
        Path file = folder.toRealPath().resolve("speed.safetensors");
        Map<String, Tensor> tensors = new HashMap<>();
        tensors.put(CONVOLUTION, random(1, 1 / Math.sqrt(9.0 * CHANNELS), CHANNELS, CHANNELS, KERNEL, KERNEL));
        tensors.put(UP, random(2, 1 / Math.sqrt(CHANNELS), CHANNELS, HIDDEN));
        tensors.put(DOWN, random(3, 1 / Math.sqrt(HIDDEN), HIDDEN, CHANNELS));
        SafetensorsWriter.write(file, tensors, Map.of());
        SafetensorsFile written = SafetensorsFile.open(file);
        GraphBuilder graph = new GraphBuilder("speed test");
        Value x = graph.input(INPUT, ElementType.FLOAT32, "1", Integer.toString(CHANNELS), "height", "width");
        Value convolved = graph.node(
                "Conv", List.of(x, graph.weight(weight(written, CONVOLUTION))), Attribute.integers("pads", 1, 1, 1, 1));
        Value tokens = graph.transpose(graph.reshape(convolved, 1, CHANNELS, -1), 0, 2, 1);
        Value hidden = graph.node("MatMul", List.of(tokens, graph.weight(weight(written, UP))));
        Value rectified = graph.node("Relu", List.of(hidden));
        Value result = graph.node("MatMul", List.of(rectified, graph.weight(weight(written, DOWN))));
        Value mean = graph.node("ReduceMean", List.of(result, graph.integers(1)), Attribute.integer("keepdims", 0));
        graph.output(OUTPUT, mean, "1", Integer.toString(CHANNELS));
        return graph.build();
    }

    private static WeightTensor weight(SafetensorsFile file, String name) {
        TensorInfo info = file.tensor(name);
        return new WeightTensor(
                name,
                file.path(),
                file.fileOffset(info),
                info.byteLength(),
                info.dtype(),
                info.shape().stream().map(Math::toIntExact).toList());
    }

    private static Tensor random(long seed, double scale, int... shape) {
        Random random = new Random(seed);
        float[] values = new float[Tensor.count(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (scale * random.nextGaussian());
        }
        return new Tensor(shape, values);
    }
}
