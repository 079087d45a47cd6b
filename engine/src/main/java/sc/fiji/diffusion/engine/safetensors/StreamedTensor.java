package sc.fiji.diffusion.engine.safetensors;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * A tensor whose bytes are made while they are written, so that it is never in memory as a whole. Can be written once.
 *
 * @param dtype the type that it is stored in
 * @param shape its sizes, outermost first
 * @param filler makes its bytes
 */
public record StreamedTensor(DType dtype, List<Integer> shape, Filler filler) {

    /** Makes the bytes of a tensor, piece after piece. */
    @FunctionalInterface
    public interface Filler {

        /**
         * @param piece to be filled with the tensor's next bytes: whole elements, little-endian
         */
        void fill(ByteBuffer piece);
    }

    public StreamedTensor {
        shape = List.copyOf(shape);
    }

    static StreamedTensor of(Tensor tensor) {
        FloatBuffer values = FloatBuffer.wrap(tensor.values());
        return new StreamedTensor(
                DType.F32, Arrays.stream(tensor.shape()).boxed().toList(), piece -> {
                    FloatBuffer floats = piece.asFloatBuffer();
                    int count = floats.remaining();
                    floats.put(values.slice(values.position(), count));
                    values.position(values.position() + count);
                });
    }

    /** The bytes that it takes in a file. */
    public long byteLength() {
        return shape.stream().mapToLong(Integer::longValue).reduce(dtype.byteSize(), Math::multiplyExact);
    }
}
