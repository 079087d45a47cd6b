package sc.fiji.diffusion.engine.image;

/**
 * A Gaussian that is {@code pixels} wide in all: its standard deviation is a sixth of that, and beyond three of them it
 * is 0. So what lies further away than half its width has no influence at all.
 */
public final class Gaussian {

    private Gaussian() {}

    /** Samples {@code [height, width, channels]}, softened; beyond the border lies what lies at the border. */
    public static float[] softened(float[] samples, int width, int height, int channels, double pixels) {
        return SeparableFilter.filtered(samples, width, height, channels, taps(width, pixels), taps(height, pixels));
    }

    private static Taps taps(int size, double pixels) {
        double deviation = pixels / 6;
        return Taps.of(size, size, pixels / 2, distance -> Math.exp(-Math.pow(distance / deviation, 2) / 2));
    }
}
