package sc.fiji.diffusion.engine.tensor;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A dense float32 tensor in row-major order, as latents {@code [N, 4, h/8, w/8]}. The arrays are not copied: who makes
 * a tensor hands its arrays over.
 *
 * @param shape sizes of the dimensions, each at least 0; an empty array is a scalar
 * @param values as many as the product of the shape
 */
@SuppressWarnings("ArrayRecordComponent") // pixels and latents are handed on, not copied; equals is written out
public record Tensor(int[] shape, float[] values) implements AnyTensor {

    public Tensor {
        if (count(shape) != values.length) {
            throw new IllegalArgumentException("tensor of shape " + Arrays.toString(shape) + ": expected "
                    + count(shape) + " values, found " + values.length);
        }
    }

    public static Tensor of(float[] values, int... shape) {
        return new Tensor(shape, values);
    }

    /** The product of the sizes; fails if it exceeds an array's length. */
    public static int count(int... shape) {
        long count = 1;
        boolean empty = false;
        for (int size : shape) {
            if (size < 0) {
                throw new IllegalArgumentException("negative size in shape " + Arrays.toString(shape));
            }
            empty |= size == 0;
        }
        for (int i = 0; i < shape.length && !empty; i++) {
            count = Math.multiplyExact(count, shape[i]);
        }
        return empty ? 0 : Math.toIntExact(count);
    }

    public int size(int dimension) {
        return shape[dimension];
    }

    /** A copy of entry {@code index} of the first dimension, with the first dimension kept as 1. */
    public Tensor entry(int index) {
        int length = values.length / shape[0];
        int[] entryShape = shape.clone();
        entryShape[0] = 1;
        return new Tensor(entryShape, Arrays.copyOfRange(values, index * length, (index + 1) * length));
    }

    /** Tensors, alike but for one dimension, one after the other along it. */
    public static Tensor concatenated(int dimension, List<Tensor> parts) {
        int[] shape = parts.get(0).shape.clone();
        shape[dimension] =
                parts.stream().mapToInt(part -> part.shape[dimension]).sum();
        int outer = count(Arrays.copyOf(shape, dimension));
        int inner = count(Arrays.copyOfRange(shape, dimension + 1, shape.length));
        float[] values = new float[count(shape)];
        int offset = 0;
        for (int row = 0; row < outer; row++) {
            for (Tensor part : parts) {
                int length = part.shape[dimension] * inner;
                System.arraycopy(part.values, row * length, values, offset, length);
                offset += length;
            }
        }
        return new Tensor(shape, values);
    }

    /** The same tensor so many times along the first dimension. */
    public Tensor repeated(int times) {
        return times == 1 ? this : concatenated(0, Collections.nCopies(times, this));
    }

    /** True if no value is NaN or infinite. */
    public boolean isFinite() {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    /** ‖this − expected‖ / ‖expected‖, of a tensor with the same number of values; NaN if one of them is. */
    public double relativeError(Tensor expected) {
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < expected.values.length; i++) {
            difference += Math.pow((double) values[i] - expected.values[i], 2);
            norm += Math.pow(expected.values[i], 2);
        }
        return Math.sqrt(difference / norm);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Tensor tensor
                && Arrays.equals(shape, tensor.shape)
                && Arrays.equals(values, tensor.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Tensor" + Arrays.toString(shape);
    }
}
