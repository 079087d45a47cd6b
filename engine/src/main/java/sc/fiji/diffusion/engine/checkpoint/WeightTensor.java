package sc.fiji.diffusion.engine.checkpoint;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.checkpoint.original.Origin;
import sc.fiji.diffusion.engine.safetensors.DType;

/**
 * Where one tensor's bytes lie on disk.
 *
 * @param name its present-day key
 * @param file the real file, symbolic links resolved: ONNX Runtime refuses links that leave their folder
 * @param offset of its first byte in the file
 * @param length in bytes
 * @param dtype the type it is stored in
 * @param shape its sizes, outermost first
 * @param transposed whether the bytes are those of the transposed matrix: {@code shape} is {@code [a, b]}, and in the file
 *     is {@code [b, a]}
 */
public record WeightTensor(
        String name, Path file, long offset, long length, DType dtype, List<Integer> shape, boolean transposed) {

    public WeightTensor {
        shape = List.copyOf(shape);
    }

    public WeightTensor(String name, Path file, long offset, long length, DType dtype, List<Integer> shape) {
        this(name, file, offset, length, dtype, shape, false);
    }

    /** The number of values. */
    public long count() {
        // The other sizes of an empty tensor can be such that their product overflows.
        return shape.contains(0)
                ? 0
                : shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }

    /** The same bytes seen with another shape of equally many values. */
    public WeightTensor reshaped(List<Integer> newShape) {
        return new WeightTensor(name, file, offset, length, dtype, newShape, transposed);
    }

    /** The sizes as they lie in the file. */
    public List<Integer> storedShape() {
        return transposed ? List.of(shape.get(1), shape.get(0)) : shape;
    }

    WeightTensor seen(Origin.View view) {
        return switch (view) {
            case WHOLE -> this;
            case FIRST_THIRD -> third(0);
            case SECOND_THIRD -> third(1);
            case LAST_THIRD -> third(2);
            case TRANSPOSED -> transposedMatrix();
            case MATRIX -> matrix();
        };
    }

    private WeightTensor third(int index) {
        if (shape.isEmpty() || shape.get(0) % 3 != 0) {
            throw wrong("rows for query, key and value alike");
        }
        List<Integer> rows = new ArrayList<>(shape);
        rows.set(0, shape.get(0) / 3);
        return new WeightTensor(name, file, offset + index * (length / 3), length / 3, dtype, rows, transposed);
    }

    private WeightTensor transposedMatrix() {
        if (shape.size() != 2) {
            throw wrong("a matrix");
        }
        return new WeightTensor(name, file, offset, length, dtype, List.of(shape.get(1), shape.get(0)), true);
    }

    private WeightTensor matrix() {
        if (shape.size() != 4 || shape.get(2) != 1 || shape.get(3) != 1) {
            throw wrong("a 1×1 convolution");
        }
        return reshaped(shape.subList(0, 2));
    }

    private CheckpointException wrong(String expected) {
        return new CheckpointException(file + ": tensor " + name + ": expected " + expected + ", found shape " + shape);
    }

    /** The same under another name. */
    WeightTensor named(String newName) {
        return new WeightTensor(newName, file, offset, length, dtype, shape);
    }
}
