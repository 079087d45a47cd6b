package sc.fiji.diffusion.engine.quantization;

import java.nio.ByteBuffer;
import java.util.List;
import sc.fiji.diffusion.engine.checkpoint.WeightTensor;
import sc.fiji.diffusion.engine.safetensors.FloatReader;

/**
 * A matrix in 8 bits: symmetric, with one scale to a column (Jacob et al. 2018, arXiv 1712.05877).
 */
final class RoundedMatrix {

    /** -128 is left out, so that the scale is the same on both sides of 0. */
    private static final int LARGEST = 127;

    private final byte[] values;
    private final float[] scales;

    private RoundedMatrix(byte[] values, float[] scales) {
        this.values = values;
        this.scales = scales;
    }

    /** {@code [rows, columns]}, from -127 to 127. */
    ByteBuffer values() {
        return ByteBuffer.wrap(values);
    }

    /** {@code [columns]}; times these the values are the weights, to half a scale. */
    float[] scales() {
        return scales;
    }

    /**
     * Reads and rounds a layer's weights.
     *
     * @param weight {@code [out, in]}, or {@code [out, in, h, w]} of a convolution; the matrix is {@code [in, out]} or
     *     {@code [h·w·in, out]}, with the channels innermost as they lie beside each other in pixels
     */
    static RoundedMatrix of(WeightTensor weight) {
        int count = Math.toIntExact(weight.count());
        float[] floats = FloatReader.read(weight.file(), weight.dtype(), weight.offset(), count);
        List<Integer> shape = weight.shape();
        int out = shape.get(0);
        int in = shape.get(1);
        int taps = shape.size() == 2 ? 1 : shape.get(2) * shape.get(3);
        return weight.transposed() ? ofRows(floats, in, out) : ofLayer(floats, out, in, taps);
    }

    private static RoundedMatrix ofLayer(float[] floats, int out, int in, int taps) {
        float[] scales = new float[out];
        byte[] values = new byte[floats.length];
        int length = in * taps;
        for (int column = 0; column < out; column++) {
            int start = column * length;
            float largest = 0;
            for (int i = 0; i < length; i++) {
                largest = Math.max(largest, Math.abs(floats[start + i]));
            }
            scales[column] = largest / LARGEST;
            float factor = factor(largest);
            for (int channel = 0, i = start; channel < in; channel++) {
                for (int tap = 0; tap < taps; tap++, i++) {
                    values[(tap * in + channel) * out + column] = rounded(floats[i] * factor);
                }
            }
        }
        return new RoundedMatrix(values, scales);
    }

    /** Of a matrix that is stored as it is wanted. */
    private static RoundedMatrix ofRows(float[] floats, int rows, int columns) {
        float[] scales = new float[columns];
        for (int i = 0; i < floats.length; i++) {
            scales[i % columns] = Math.max(scales[i % columns], Math.abs(floats[i]));
        }
        float[] factors = new float[columns];
        for (int column = 0; column < columns; column++) {
            factors[column] = factor(scales[column]);
            scales[column] /= LARGEST;
        }
        byte[] values = new byte[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = rounded(floats[i] * factors[i % columns]);
        }
        return new RoundedMatrix(values, scales);
    }

    /** A column of zeros stays one. */
    private static float factor(float largest) {
        return largest == 0 ? 0 : LARGEST / largest;
    }

    private static byte rounded(float scaled) {
        return (byte) Math.max(-LARGEST, Math.min(LARGEST, Math.round(scaled)));
    }
}
