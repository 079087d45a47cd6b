package sc.fiji.diffusion.engine.image;

import java.util.Arrays;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * A linear filter that is one filter along the rows and one along the columns. Sums are held in double precision, so
 * that a constant stays the same constant to the bit.
 */
final class SeparableFilter {

    private SeparableFilter() {}

    /**
     * @param samples {@code [height, width, channels]}
     * @param across along a row, from {@code width} inputs
     * @param down along a column, from {@code height} inputs
     * @return {@code [down.outputs, across.outputs, channels]}
     */
    static float[] filtered(float[] samples, int width, int height, int channels, Taps across, Taps down) {
        int newWidth = across.outputs();
        float[] columns = transposed(samples, width, height, channels);
        float[] filteredColumns = alongColumns(columns, height * channels, across);
        float[] rows = transposed(filteredColumns, height, newWidth, channels);
        return alongColumns(rows, newWidth * channels, down);
    }

    /** {@code [height, width, channels]} to {@code [width, height, channels]}, so that rows are filtered as columns. */
    private static float[] transposed(float[] samples, int width, int height, int channels) {
        float[] transposed = new float[samples.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int from = (y * width + x) * channels;
                int to = (x * height + y) * channels;
                for (int channel = 0; channel < channels; channel++) {
                    transposed[to + channel] = samples[from + channel];
                }
            }
        }
        return transposed;
    }

    /** Whole rows at a time: the inner loop runs over neighbours in memory, many in one instruction. */
    private static float[] alongColumns(float[] samples, int rowLength, Taps taps) {
        float[] filtered = new float[Tensor.count(taps.outputs(), rowLength)];
        double[] sums = new double[rowLength];
        for (int y = 0; y < taps.outputs(); y++) {
            Arrays.fill(sums, 0);
            double[] weights = taps.weights()[y];
            for (int k = 0; k < weights.length; k++) {
                int start = (taps.first()[y] + k) * rowLength;
                double weight = weights[k];
                for (int i = 0; i < rowLength; i++) {
                    sums[i] += weight * samples[start + i];
                }
            }
            int start = y * rowLength;
            for (int i = 0; i < rowLength; i++) {
                filtered[start + i] = (float) sums[i];
            }
        }
        return filtered;
    }
}
