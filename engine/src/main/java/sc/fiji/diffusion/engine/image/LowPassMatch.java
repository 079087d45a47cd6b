package sc.fiji.diffusion.engine.image;

/**
 * Brings a generated image to the coarse colours of the original that it was made from, and leaves it its details: what
 * a Gaussian lets through of their difference is taken away. So parts of a picture that were made one by one agree on
 * brightness and colour, wherever they came to.
 */
public final class LowPassMatch {

    private LowPassMatch() {}

    /**
     * {@code generated - G * (generated - original)}, clamped to 0…1, where G is a Gaussian.
     *
     * @param original of the same size
     * @param pixels the Gaussian's width in all; its standard deviation is a sixth of that
     */
    public static RgbImage matched(RgbImage generated, RgbImage original, double pixels) {
        int width = generated.width();
        int height = generated.height();
        if (width != original.width() || height != original.height()) {
            throw new IllegalArgumentException("original: expected the size of " + generated + ", found " + original);
        }
        float[] samples = generated.samples().clone();
        float[] difference = new float[samples.length];
        for (int i = 0; i < samples.length; i++) {
            difference[i] = samples[i] - original.samples()[i];
        }
        float[] coarse = Gaussian.softened(difference, width, height, 3, pixels);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = Math.min(1, Math.max(0, samples[i] - coarse[i]));
        }
        return new RgbImage(width, height, samples);
    }
}
