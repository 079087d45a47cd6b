package sc.fiji.diffusion.engine.bench;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import sc.fiji.diffusion.engine.safetensors.DType;
import sc.fiji.diffusion.engine.safetensors.HalfFloat;
import sc.fiji.diffusion.engine.safetensors.SafetensorsWriter;
import sc.fiji.diffusion.engine.safetensors.StreamedTensor;

/**
 * Random weights in float16, the same every time: norms that change nothing, small biases, and matrices that neither
 * raise nor lower the size of what goes through them (a standard deviation of {@code 1/√inputs}, LeCun et al. 1998), so
 * that numbers stay finite through any number of layers.
 */
final class SyntheticWeights {

    private static final double BIAS_DEVIATION = 0.02;

    /** Numbers are drawn from a table of so many normal ones: to make billions anew would take minutes. */
    private static final int TABLE_BITS = 16;

    private static final int MASK = (1 << TABLE_BITS) - 1;

    private final double[] normalNumbers = new double[1 << TABLE_BITS];
    private final SplittableRandom random = new SplittableRandom(0);
    private final short[] table = new short[1 << TABLE_BITS];
    private double tableDeviation;

    private SyntheticWeights() {
        Random gaussian = new Random(0);
        for (int i = 0; i < normalNumbers.length; i++) {
            normalNumbers[i] = gaussian.nextGaussian();
        }
    }

    /** Writes tensors of these shapes into a safetensors file. */
    static void write(Path file, Map<String, List<Integer>> shapes) {
        SyntheticWeights weights = new SyntheticWeights();
        Map<String, StreamedTensor> tensors = new LinkedHashMap<>();
        shapes.forEach((name, shape) -> tensors.put(name, weights.tensor(name, shape)));
        SafetensorsWriter.stream(file, tensors, Map.of("format", "pt"));
    }

    private StreamedTensor tensor(String name, List<Integer> shape) {
        return new StreamedTensor(DType.F16, shape, filler(name, shape));
    }

    private StreamedTensor.Filler filler(String name, List<Integer> shape) {
        if (shape.size() > 1) {
            double inputs =
                    shape.stream().skip(1).mapToDouble(Integer::doubleValue).reduce(1, (a, b) -> a * b);
            return normal(1 / Math.sqrt(inputs));
        }
        // A vector is a norm's scale or something's bias.
        return name.endsWith(".weight") ? SyntheticWeights::fillOnes : normal(BIAS_DEVIATION);
    }

    private static void fillOnes(ByteBuffer piece) {
        short one = HalfFloat.of(1);
        while (piece.hasRemaining()) {
            piece.putShort(one);
        }
    }

    private StreamedTensor.Filler normal(double deviation) {
        return piece -> fill(piece, deviation);
    }

    private void fill(ByteBuffer piece, double deviation) {
        scaleTable(deviation);
        while (piece.remaining() >= Long.BYTES) {
            long bits = random.nextLong();
            for (int i = 0; i < Long.SIZE / TABLE_BITS; i++) {
                piece.putShort(table[(int) (bits >>> (i * TABLE_BITS)) & MASK]);
            }
        }
        while (piece.hasRemaining()) {
            piece.putShort(table[random.nextInt(1 << TABLE_BITS)]);
        }
    }

    /** Tensors are written one after the other, so that it changes with the tensor. */
    private void scaleTable(double deviation) {
        if (deviation == tableDeviation) {
            return;
        }
        tableDeviation = deviation;
        for (int i = 0; i < table.length; i++) {
            table[i] = HalfFloat.of((float) (deviation * normalNumbers[i]));
        }
    }
}
