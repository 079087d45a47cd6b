package sc.fiji.diffusion.engine.image;

import sc.fiji.diffusion.engine.RequestException;

/**
 * How far around a selection inpainting reaches, after krita-ai-diffusion: with d the diagonal of the selection's
 * rectangle, s the strength, and u how large the model's pictures are (1 for
 * those of 512 pixels that krita's numbers are for),
 *
 * <pre>
 * feather = max(0.1 s d, 32 s u)
 * grow    = 4 u + feather / 2
 * blend   = min(25 u, grow + feather / 2)
 * padding = max(longest side of the image / 16, half the mean side of the selection's rectangle)
 * </pre>
 *
 * All in pixels of the image.
 *
 * @param selection the rectangle around what shall change, inside the image
 * @param image size of the whole image
 * @param grow how far the mask is widened, so that the softening does not eat into the selection
 * @param feather width of the soft edge of the mask in the denoising loop
 * @param blend how wide at most the soft edge is with which the result is laid over the original
 * @param padding how much of the surroundings, beyond the grown mask, the model sees
 */
public record InpaintGeometry(Region selection, Size image, double grow, double feather, double blend, double padding) {

    /** The size of the pictures for which krita-ai-diffusion's lengths were chosen. */
    private static final double KRITAS_NATIVE_SIZE = 512;

    /**
     * @param mask of the image's size
     * @param strength how much is made anew, 0 to 1
     * @param nativeSize the side of the pictures that the model was trained on
     * @throws RequestException if the mask is empty or the strength out of its range
     */
    public static InpaintGeometry of(Mask mask, double strength, int nativeSize) {
        Region selection = mask.bounds()
                .orElseThrow(() -> new RequestException("mask: expected at least one pixel to change, found none"));
        return of(selection, new Size(mask.width(), mask.height()), strength, nativeSize);
    }

    /** As {@link #of(Mask, double, int)}, by the mask's rectangle, which touches the image. */
    public static InpaintGeometry of(Region selection, Size image, double strength, int nativeSize) {
        if (!(strength >= 0 && strength <= 1)) {
            throw new RequestException("strength: expected 0 to 1, found " + strength);
        }
        Region inside = selection.within(image.width(), image.height());
        double unit = nativeSize / KRITAS_NATIVE_SIZE;
        double diagonal = Math.hypot(inside.width(), inside.height());
        double feather = Math.max(0.1 * strength * diagonal, 32 * strength * unit);
        double grow = 4 * unit + feather / 2;
        double blend = Math.min(25 * unit, grow + feather / 2);
        double meanSide = (inside.width() + inside.height()) / 2.0;
        double padding = Math.max(Math.max(image.width(), image.height()) / 16.0, meanSide / 2);
        return new InpaintGeometry(inside, image, grow, feather, blend, padding);
    }

    /** The same with another mask for the denoising loop. */
    public InpaintGeometry withMask(double newGrow, double newFeather) {
        return new InpaintGeometry(selection, image, newGrow, newFeather, blend, padding);
    }

    /** What the model sees: the selection, grown and padded, as far as the image reaches. Holds both masks' soft edges. */
    public Region contextRegion() {
        double surroundings = Math.max(padding, Math.max(feather, blend) / 2);
        return selection.grown((int) Math.ceil(grow + surroundings)).within(image.width(), image.height());
    }

    /** How much of each pixel changes in the denoising loop: 1 in the selection, falling to 0 around it. */
    public Mask denoisingMask(Mask mask) {
        return MaskShape.feathered(MaskShape.grown(mask, grow), feather);
    }

    /**
     * The size in which the model works on a region. A region with fewer pixels than the model's native square is
     * enlarged to as many; a larger one keeps its size. No side is longer than twice the native one or shorter than
     * half of it, and both are rounded up to multiples of the factor. Regions up to four times as long as wide keep
     * their aspect ratio, longer ones are stretched across: thin latents give poor pictures.
     *
     * @param nativeSize the side of the pictures that the model was trained on, at least the factor
     * @param factor that divides both sides: the VAE's, or a multiple of it
     */
    public static Size workSize(Region region, int nativeSize, int factor) {
        if (factor < 1 || nativeSize < factor) {
            throw new IllegalArgumentException(
                    "native size: expected at least the factor " + factor + ", found " + nativeSize);
        }
        double width = region.width();
        double height = region.height();
        double enlarged = Math.max(1, nativeSize / Math.sqrt(width * height));
        double scale = Math.min(enlarged, 2 * nativeSize / Math.max(width, height));
        return new Size(workSide(scale * width, nativeSize, factor), workSide(scale * height, nativeSize, factor));
    }

    private static int workSide(double side, int nativeSize, int factor) {
        double bounded = Math.max(side, nativeSize / 2.0);
        // A hair less, or the rounding errors of the scale would cost another whole factor.
        int multiple = (int) Math.ceil(bounded / factor - 1e-6);
        return Math.min(multiple, 2 * nativeSize / factor) * factor;
    }
}
