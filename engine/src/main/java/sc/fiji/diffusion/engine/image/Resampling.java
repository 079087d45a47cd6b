package sc.fiji.diffusion.engine.image;

import java.util.function.DoubleUnaryOperator;

/**
 * Another number of pixels for the same picture. Larger, it interpolates; smaller, it averages over everything that a
 * new pixel covers, so that nothing aliases. Beyond the border lies what lies at the border.
 *
 * <p>Written here because no library on Maven Central does this in floats: ImgLib2's {@code LanczosInterpolator} and
 * BoofCV's interpolations have a fixed width and alias when they shrink, and TwelveMonkeys' {@code ResampleOp},
 * Thumbnailator and imgscalr work on a {@code BufferedImage}'s integers.
 */
public final class Resampling {

    private static final double LANCZOS_RADIUS = 3;
    private static final double TRIANGLE_RADIUS = 1;

    private Resampling() {}

    /**
     * By a Lanczos kernel of radius 3, clamped to 0…1, because it overshoots at edges.
     *
     * @return the image itself if it has that size
     */
    public static RgbImage resized(RgbImage image, int width, int height) {
        if (image.width() == width && image.height() == height) {
            return image;
        }
        return new RgbImage(
                width,
                height,
                clamped(resized(
                        image.samples(),
                        new Size(image.width(), image.height()),
                        new Size(width, height),
                        3,
                        LANCZOS_RADIUS,
                        Resampling::lanczos)));
    }

    /**
     * Linearly, widened to the area when it becomes smaller. No overshoot: far from its edges a mask stays 0 or 1
     * exactly, where a Lanczos kernel would leave ripples of nearly unchanged pixels.
     *
     * @return the mask itself if it has that size
     */
    public static Mask resized(Mask mask, int width, int height) {
        if (mask.width() == width && mask.height() == height) {
            return mask;
        }
        return new Mask(
                width,
                height,
                clamped(resized(
                        mask.values(),
                        new Size(mask.width(), mask.height()),
                        new Size(width, height),
                        1,
                        TRIANGLE_RADIUS,
                        Resampling::triangle)));
    }

    /**
     * Single values of any range by the same Lanczos kernel. They overshoot at edges: where that must not be, clamp.
     *
     * @param values row by row, all finite
     */
    public static float[] resized(float[] values, Size from, Size to) {
        return from.equals(to) ? values.clone() : resized(values, from, to, 1, LANCZOS_RADIUS, Resampling::lanczos);
    }

    /** Linear interpolation between the samples of a smaller grid. */
    static float[] interpolated(float[] samples, Size from, Size to, int channels) {
        return clamped(resized(samples, from, to, channels, TRIANGLE_RADIUS, Resampling::triangle));
    }

    private static float[] resized(
            float[] samples, Size from, Size to, int channels, double radius, DoubleUnaryOperator kernel) {
        Taps across = Taps.of(from.width(), to.width(), radius, kernel);
        Taps down = Taps.of(from.height(), to.height(), radius, kernel);
        return SeparableFilter.filtered(samples, from.width(), from.height(), channels, across, down);
    }

    private static float[] clamped(float[] samples) {
        for (int i = 0; i < samples.length; i++) {
            samples[i] = Math.min(1, Math.max(0, samples[i]));
        }
        return samples;
    }

    private static double triangle(double distance) {
        return Math.max(0, 1 - distance);
    }

    /** {@code sinc(x) · sinc(x / 3)}. */
    private static double lanczos(double distance) {
        if (distance == 0) {
            return 1;
        }
        double angle = Math.PI * distance;
        return LANCZOS_RADIUS * Math.sin(angle) * Math.sin(angle / LANCZOS_RADIUS) / (angle * angle);
    }
}
