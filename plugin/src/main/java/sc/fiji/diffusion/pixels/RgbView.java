package sc.fiji.diffusion.pixels;

/** RGB pixels, seen as they are. */
final class RgbView extends ModelView {

    /** What ImageJ does not use; it stays as it is. */
    private static final int HIGH_BYTE = 0xff000000;

    private final int[] pixels;

    RgbView(int width, int height, int[] pixels) {
        super(width, height);
        this.pixels = pixels;
    }

    @Override
    void see(int pixel, float[] samples, int offset) {
        for (int sample = 0; sample < 3; sample++) {
            samples[offset + sample] = level(pixel, sample) / 255f;
        }
    }

    @Override
    void blend(int pixel, float[] rgb, float share) {
        int blended = pixels[pixel] & HIGH_BYTE;
        for (int sample = 0; sample < 3; sample++) {
            int old = level(pixel, sample);
            int level = (int) (old + share * (255.0 * rgb[sample] - old) + 0.5);
            blended |= level << shift(sample);
        }
        pixels[pixel] = blended;
    }

    private int level(int pixel, int sample) {
        return pixels[pixel] >> shift(sample) & 0xff;
    }

    private static int shift(int sample) {
        return 16 - 8 * sample;
    }
}
