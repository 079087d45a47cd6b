package sc.fiji.diffusion.engine.image;

import java.util.stream.IntStream;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * Continues an image smoothly under its mask. The known colours are averaged into ever coarser images until nothing
 * unknown is left (the pull of S. Gortler et al., The Lumigraph, 1996); on the way back each image's unknown pixels start
 * from the coarser one and relax towards the mean of their four neighbours. So they near the solution of Laplace's
 * equation, a membrane spanned over the hole, in time linear in the number of pixels.
 *
 * @param weights of each pixel, 0 to 1: how far its colour is known
 * @param colours {@code [height, width, 3]}; of no meaning where the weight is 0
 */
@SuppressWarnings("ArrayRecordComponent") // lives only as long as one filling is computed
record SurroundingsFill(Size size, float[] weights, float[] colours) {

    private static final float MEAN_GREY = 0.5f;
    private static final int SWEEPS = 12;

    static float[] filling(RgbImage image, Mask mask) {
        float[] weights = new float[mask.values().length];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = 1 - mask.values()[i];
        }
        return new SurroundingsFill(new Size(image.width(), image.height()), weights, image.samples()).filled();
    }

    private float[] filled() {
        float[] filled;
        if (size.width() == 1 && size.height() == 1) {
            filled = new float[] {MEAN_GREY, MEAN_GREY, MEAN_GREY};
        } else {
            SurroundingsFill coarser = coarser();
            filled = Resampling.interpolated(coarser.filled(), coarser.size, size, 3);
        }
        int[] unknown = IntStream.range(0, weights.length)
                .filter(pixel -> weights[pixel] < 1)
                .toArray();
        for (int pixel = 0; pixel < weights.length; pixel++) {
            blendKnown(filled, pixel);
        }
        for (int sweep = 0; sweep < SWEEPS; sweep++) {
            relax(filled, unknown);
        }
        return filled;
    }

    /** Half as wide and high; each pixel is the mean of what is known of four, and known if one of them is. */
    private SurroundingsFill coarser() {
        int width = (size.width() + 1) / 2;
        int height = (size.height() + 1) / 2;
        float[] sums = new float[Tensor.count(height, width)];
        float[] means = new float[Tensor.count(height, width, 3)];
        for (int pixel = 0; pixel < weights.length; pixel++) {
            int cell = pixel / size.width() / 2 * width + pixel % size.width() / 2;
            sums[cell] += weights[pixel];
            for (int channel = 0; channel < 3; channel++) {
                means[3 * cell + channel] += weights[pixel] * colours[3 * pixel + channel];
            }
        }
        for (int cell = 0; cell < sums.length; cell++) {
            for (int channel = 0; channel < 3 && sums[cell] > 0; channel++) {
                means[3 * cell + channel] /= sums[cell];
            }
            sums[cell] = Math.min(1, sums[cell]);
        }
        return new SurroundingsFill(new Size(width, height), sums, means);
    }

    /** Neighbours beyond the border count as the pixel itself. All new values come from old ones (Jacobi). */
    private void relax(float[] filled, int[] unknown) {
        float[] relaxed = new float[3 * unknown.length];
        for (int i = 0; i < unknown.length; i++) {
            int pixel = unknown[i];
            int x = pixel % size.width();
            int left = x > 0 ? pixel - 1 : pixel;
            int right = x + 1 < size.width() ? pixel + 1 : pixel;
            int above = pixel >= size.width() ? pixel - size.width() : pixel;
            int below = pixel + size.width() < weights.length ? pixel + size.width() : pixel;
            for (int channel = 0; channel < 3; channel++) {
                relaxed[3 * i + channel] = (filled[3 * left + channel]
                                + filled[3 * right + channel]
                                + filled[3 * above + channel]
                                + filled[3 * below + channel])
                        / 4;
            }
        }
        for (int i = 0; i < unknown.length; i++) {
            System.arraycopy(relaxed, 3 * i, filled, 3 * unknown[i], 3);
            blendKnown(filled, unknown[i]);
        }
    }

    private void blendKnown(float[] filled, int pixel) {
        float known = weights[pixel];
        for (int i = 3 * pixel; known > 0 && i < 3 * pixel + 3; i++) {
            filled[i] = known * colours[i] + (1 - known) * filled[i];
        }
    }
}
