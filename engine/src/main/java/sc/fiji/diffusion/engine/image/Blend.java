package sc.fiji.diffusion.engine.image;

/** Lays one image over another. */
public final class Blend {

    private Blend() {}

    /**
     * {@code original · (1 - soft) + generated · soft}. Where the mask is 0 or less the original is kept to the bit,
     * where it is 1 or more the generated image.
     *
     * @param soft 0 to 1, all three of the same size
     */
    public static RgbImage over(RgbImage original, RgbImage generated, Mask soft) {
        soft.requireSizeOf(original);
        soft.requireSizeOf(generated);
        float[] samples = original.samples().clone();
        for (int i = 0; i < samples.length; i++) {
            float share = soft.values()[i / 3];
            if (share >= 1) {
                samples[i] = generated.samples()[i];
            } else if (share > 0) {
                samples[i] = samples[i] * (1 - share) + generated.samples()[i] * share;
            }
        }
        return new RgbImage(original.width(), original.height(), samples);
    }
}
