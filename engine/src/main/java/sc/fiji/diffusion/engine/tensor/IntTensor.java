package sc.fiji.diffusion.engine.tensor;

import java.util.Arrays;

/**
 * A dense int32 tensor in row-major order, as token ids {@code [N, 77]}. The arrays are not copied.
 *
 * @param shape sizes of the dimensions, each at least 0
 * @param values as many as the product of the shape
 */
@SuppressWarnings("ArrayRecordComponent") // pixels and latents are handed on, not copied; equals is written out
public record IntTensor(int[] shape, int[] values) implements AnyTensor {

    public IntTensor {
        if (Tensor.count(shape) != values.length) {
            throw new IllegalArgumentException("tensor of shape " + Arrays.toString(shape) + ": expected "
                    + Tensor.count(shape) + " values, found " + values.length);
        }
    }

    public static IntTensor of(int[] values, int... shape) {
        return new IntTensor(shape, values);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IntTensor tensor
                && Arrays.equals(shape, tensor.shape)
                && Arrays.equals(values, tensor.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "IntTensor" + Arrays.toString(shape);
    }
}
