package sc.fiji.diffusion.engine.image;

import java.util.Arrays;
import sc.fiji.diffusion.engine.tensor.Tensor;

/** Masks made from masks: wider ones, softer ones, coarser ones. */
public final class MaskShape {

    private MaskShape() {}

    /**
     * Grey dilation by a disc: each pixel takes the largest value among the pixels whose centres are at most that far
     * from its own. So a hard mask grows by that many pixels, and each value of a soft one does.
     *
     * @param pixels the disc's radius, 0 or more; below 1 nothing changes
     * @return the mask itself if nothing changes
     */
    public static Mask grown(Mask mask, double pixels) {
        requirePixels(pixels);
        return pixels < 1 ? mask : new DiscDilation(mask, pixels).dilated();
    }

    /**
     * Softens the mask's edges with a Gaussian that is that wide in all (its standard deviation is a sixth of it). The
     * edge stays in the middle of the ramp: a pixel keeps 1 if all within half that many pixels of it, along rows and
     * columns, are 1, and keeps 0 if all of these are 0.
     *
     * @param pixels the ramp's width, 0 or more; below 2 nothing changes
     * @return the mask itself if nothing changes
     */
    public static Mask feathered(Mask mask, double pixels) {
        requirePixels(pixels);
        if (pixels < 2) {
            return mask;
        }
        return new Mask(
                mask.width(), mask.height(), Gaussian.softened(mask.values(), mask.width(), mask.height(), 1, pixels));
    }

    /**
     * The mask of the latents: the largest value of each cell, so that no masked pixel is missed.
     *
     * @param factor pixels in a latent along each side, the VAE's; divides the mask's width and height
     * @return {@code [height / factor, width / factor]}
     */
    public static float[] latentMaximum(Mask mask, int factor) {
        if (factor < 1 || mask.width() % factor != 0 || mask.height() % factor != 0) {
            throw new IllegalArgumentException("mask: expected sides that are multiples of " + factor + ", found "
                    + mask.width() + "×" + mask.height());
        }
        int columns = mask.width() / factor;
        float[] maxima = new float[Tensor.count(mask.height() / factor, columns)];
        Arrays.fill(maxima, Float.NEGATIVE_INFINITY);
        for (int y = 0; y < mask.height(); y++) {
            for (int x = 0; x < mask.width(); x++) {
                int cell = y / factor * columns + x / factor;
                maxima[cell] = Math.max(maxima[cell], mask.at(x, y));
            }
        }
        return maxima;
    }

    private static void requirePixels(double pixels) {
        if (!(pixels >= 0 && pixels < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("pixels: expected 0 or more, found " + pixels);
        }
    }
}
