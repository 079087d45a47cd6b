package sc.fiji.diffusion.engine.image;

import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Brings a generated image to the original's colours. Decoders and models shift colours a little everywhere; what both
 * images show outside the mask tells by how much, since it should be the same. Mean and standard deviation of each
 * channel are matched in {@link OkLab}, where a step looks alike everywhere (E. Reinhard et al., Color Transfer between
 * Images, 2001).
 */
public final class ColorMatch {

    /** Fewer unmasked pixels say too little. */
    private static final double FEWEST_PIXELS = 64;

    private static final double LARGEST_GAIN = 2;
    /** Of a channel, in OKLab: below it there is no contrast to match, only noise. */
    private static final double FLAT = 1e-4;

    private ColorMatch() {}

    /**
     * The whole generated image with the statistics that its unmasked pixels need to match the original's; contrast is
     * at most halved or doubled. A partly masked pixel counts as far as it is unmasked.
     *
     * @param mask 0 to 1, of both images' size
     * @return the generated image itself if both agree already or fewer than 64 pixels are unmasked
     */
    public static RgbImage matched(RgbImage generated, RgbImage original, Mask mask) {
        mask.requireSizeOf(generated);
        mask.requireSizeOf(original);
        float[] weights = new float[mask.values().length];
        double pixels = 0;
        for (int i = 0; i < weights.length; i++) {
            weights[i] = 1 - mask.values()[i];
            pixels += weights[i];
        }
        if (pixels < FEWEST_PIXELS) {
            return generated;
        }
        float[] colours = lab(generated);
        Statistics found = Statistics.of(colours, weights, pixels);
        Statistics wanted = Statistics.of(lab(original), weights, pixels);
        if (found.equals(wanted)) {
            return generated;
        }
        for (int channel = 0; channel < 3; channel++) {
            double gain =
                    gain(found.deviations().get(channel), wanted.deviations().get(channel));
            double offset = wanted.means().get(channel) - gain * found.means().get(channel);
            for (int i = channel; i < colours.length; i += 3) {
                colours[i] = (float) (gain * colours[i] + offset);
            }
        }
        for (int i = 0; i < colours.length; i += 3) {
            OkLab.toSrgb(colours, i);
        }
        return new RgbImage(generated.width(), generated.height(), colours);
    }

    private static double gain(double found, double wanted) {
        return found < FLAT ? 1 : Math.min(LARGEST_GAIN, Math.max(1 / LARGEST_GAIN, wanted / found));
    }

    private static float[] lab(RgbImage image) {
        float[] colours = image.samples().clone();
        for (int i = 0; i < colours.length; i += 3) {
            OkLab.fromSrgb(colours, i);
        }
        return colours;
    }

    /** Weighted mean and standard deviation of three channels. */
    private record Statistics(List<Double> means, List<Double> deviations) {

        static Statistics of(float[] colours, float[] weights, double sumOfWeights) {
            double[] means = new double[3];
            for (int i = 0; i < colours.length; i++) {
                means[i % 3] += weights[i / 3] * colours[i] / sumOfWeights;
            }
            double[] variances = new double[3];
            for (int i = 0; i < colours.length; i++) {
                double difference = colours[i] - means[i % 3];
                variances[i % 3] += weights[i / 3] * difference * difference / sumOfWeights;
            }
            return new Statistics(
                    DoubleStream.of(means).boxed().toList(),
                    DoubleStream.of(variances).map(Math::sqrt).boxed().toList());
        }
    }
}
