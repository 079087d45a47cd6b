package sc.fiji.diffusion.engine.safetensors;

import java.util.List;

/**
 * Where a tensor lies and what it is.
 *
 * @param name as in the header
 * @param dtype type of the elements
 * @param shape sizes of the dimensions, each at least 0, row-major; empty for a scalar
 * @param begin of the first byte, counted from the start of the data, not of the file
 * @param end after the last byte, counted likewise; {@code end - begin} is the number of elements times their size
 */
public record TensorInfo(String name, DType dtype, List<Long> shape, long begin, long end) {

    public TensorInfo {
        shape = List.copyOf(shape);
        long bytes = byteLength(dtype, shape);
        if (begin < 0 || end < begin || end - begin != bytes) {
            throw new IllegalArgumentException("tensor " + name + " (" + dtype + " " + shape + "): expected " + bytes
                    + " bytes, found the range " + begin + " to " + end);
        }
    }

    public long byteLength() {
        return end - begin;
    }

    /** Number of elements. */
    public long count() {
        return byteLength() / dtype.byteSize();
    }

    private static long byteLength(DType dtype, List<Long> shape) {
        boolean negative = shape.stream().anyMatch(size -> size < 0);
        if (negative) {
            throw new IllegalArgumentException("expected sizes of at least 0, found the shape " + shape);
        }
        if (shape.contains(0L)) {
            return 0;
        }
        try {
            return shape.stream().reduce((long) dtype.byteSize(), Math::multiplyExact);
        } catch (ArithmeticException overflow) {
            throw new IllegalArgumentException("expected a size below 2^63 bytes, found the shape " + shape, overflow);
        }
    }
}
