package sc.fiji.diffusion.engine.checkpoint;

import ai.onnxruntime.platform.Fp16Conversions;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import sc.fiji.diffusion.engine.safetensors.DType;
import sc.fiji.diffusion.engine.tensor.Tensor;

/** Reads weights as a graph would: from the file at the place and in the way that the checkpoint says. */
public final class WeightValues {

    private WeightValues() {}

    /** All of a component's, by their present-day names. */
    public static Map<String, Tensor> of(Component component) throws IOException {
        Map<String, Tensor> values = new LinkedHashMap<>();
        for (WeightTensor tensor : component.weights().tensors()) {
            values.put(tensor.name(), of(tensor));
        }
        return values;
    }

    static Tensor of(WeightTensor tensor) throws IOException {
        byte[] bytes = new byte[Math.toIntExact(tensor.length())];
        try (RandomAccessFile file = new RandomAccessFile(tensor.file().toFile(), "r")) {
            file.seek(tensor.offset());
            file.readFully(bytes);
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        float[] stored = new float[Math.toIntExact(tensor.count())];
        for (int i = 0; i < stored.length; i++) {
            stored[i] =
                    tensor.dtype() == DType.F16 ? Fp16Conversions.fp16ToFloat(buffer.getShort()) : buffer.getFloat();
        }
        int[] shape = tensor.shape().stream().mapToInt(Integer::intValue).toArray();
        return new Tensor(shape, tensor.transposed() ? transposed(stored, shape[0], shape[1]) : stored);
    }

    /** Of values stored as {@code [columns, rows]}. */
    public static float[] transposed(float[] stored, int rows, int columns) {
        float[] values = new float[stored.length];
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                values[row * columns + column] = stored[column * rows + row];
            }
        }
        return values;
    }
}
