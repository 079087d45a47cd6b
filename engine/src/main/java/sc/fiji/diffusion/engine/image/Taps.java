package sc.fiji.diffusion.engine.image;

import java.util.function.DoubleUnaryOperator;

/**
 * Which inputs make each output along one axis, and with which weights: {@code output[i] = Σ weights[i][k] ·
 * input[first[i] + k]}. The weights of an output add up to 1. Inputs beyond the border are the border's own (clamping);
 * their weights are added to its weight.
 *
 * @param first the first input of each output
 * @param weights of the inputs from there on, for each output
 */
@SuppressWarnings("ArrayRecordComponent") // made once, handed to one filter
record Taps(int[] first, double[][] weights) {

    /**
     * From one number of samples to another. When there are fewer outputs than inputs the kernel is widened by their
     * ratio, so that it covers every input and nothing aliases.
     *
     * @param radius beyond which the kernel is 0, in the distance of the wider spaced samples
     * @param kernel weight by distance; symmetric, so only its right half matters
     */
    static Taps of(int inputs, int outputs, double radius, DoubleUnaryOperator kernel) {
        double ratio = inputs / (double) outputs;
        double widening = Math.max(1, ratio);
        int[] first = new int[outputs];
        double[][] weights = new double[outputs][];
        for (int output = 0; output < outputs; output++) {
            double centre = (output + 0.5) * ratio - 0.5;
            int from = (int) Math.ceil(centre - radius * widening);
            int to = (int) Math.floor(centre + radius * widening);
            first[output] = clamped(from, inputs);
            double[] row = new double[clamped(to, inputs) - first[output] + 1];
            double sum = 0;
            for (int input = from; input <= to; input++) {
                double weight = kernel.applyAsDouble(Math.abs(input - centre) / widening);
                row[clamped(input, inputs) - first[output]] += weight;
                sum += weight;
            }
            for (int k = 0; k < row.length; k++) {
                row[k] /= sum;
            }
            weights[output] = row;
        }
        return new Taps(first, weights);
    }

    int outputs() {
        return first.length;
    }

    private static int clamped(int index, int size) {
        return Math.min(size - 1, Math.max(0, index));
    }
}
