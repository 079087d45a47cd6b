package sc.fiji.diffusion.engine.checkpoint;

import java.nio.file.Path;
import java.util.List;
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
 */
public record WeightTensor(String name, Path file, long offset, long length, DType dtype, List<Integer> shape) {

    public WeightTensor {
        shape = List.copyOf(shape);
    }

    /** The number of values. */
    public long count() {
        return shape.stream().mapToLong(Integer::longValue).reduce(1, Math::multiplyExact);
    }

    /** The same bytes seen with another shape of equally many values. */
    public WeightTensor reshaped(List<Integer> newShape) {
        return new WeightTensor(name, file, offset, length, dtype, newShape);
    }

    /** The same under another name. */
    WeightTensor named(String newName) {
        return new WeightTensor(newName, file, offset, length, dtype, shape);
    }
}
