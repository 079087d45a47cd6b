package sc.fiji.diffusion.engine.pipeline;

import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.RgbImage;

/**
 * A request to make an image anew from another one (SDEdit, Meng et al. 2021, arXiv 2108.01073): noise is added to it,
 * and taken away again as the text leads. Immutable and checked when made.
 *
 * @param settings the text and all that text-to-image knows; the size is that of the image
 * @param image where to begin
 * @param strength how much noise, above 0 and up to 1; of the steps, this share is run. 1 keeps next to nothing of the
 *     image
 * @param imageGuidanceScale how closely the result keeps to the image, 1 to 100; for models that follow instructions
 *     (InstructPix2Pix) alone, in which the strength plays no part
 */
public record ImageToImageRequest(
        TextToImageRequest settings, RgbImage image, double strength, double imageGuidanceScale) {

    /** Where the user names none; diffusers' default. */
    public static final double DEFAULT_STRENGTH = 0.8;

    /** The image guidance scale where the user names none; diffusers' default. */
    public static final double DEFAULT_IMAGE_GUIDANCE_SCALE = 1.5;

    public ImageToImageRequest {
        requireSameSize(settings, image);
        requireStrength(strength, settings.steps());
        requireImageGuidance(imageGuidanceScale);
    }

    /** With the usual image guidance scale. */
    public ImageToImageRequest(TextToImageRequest settings, RgbImage image, double strength) {
        this(settings, image, strength, DEFAULT_IMAGE_GUIDANCE_SCALE);
    }

    /** @throws RequestException if it is none */
    public static void requireImageGuidance(double scale) {
        if (!(scale >= 1 && scale <= 100)) {
            throw new RequestException("image guidance: expected 1 to 100, found " + scale);
        }
    }

    static void requireSameSize(TextToImageRequest settings, RgbImage image) {
        if (settings.width() != image.width() || settings.height() != image.height()) {
            throw new RequestException("image: expected " + settings.width() + "×" + settings.height()
                    + " pixels, as asked for, found " + image.width() + "×" + image.height());
        }
    }

    /** @throws RequestException if it is none, or so little that no step would be run */
    public static void requireStrength(double strength, int steps) {
        if (!(strength > 0 && strength <= 1)) {
            throw new RequestException("strength: expected above 0 and up to 1, found " + strength);
        }
        if (stepsRun(steps, strength) < 1) {
            throw new RequestException("strength: expected at least 1/" + steps + ", so that one of " + steps
                    + " steps is run, found " + strength);
        }
    }

    /** How many of the steps are run: the share that the strength says, rounded down as diffusers does. */
    static int stepsRun(int steps, double strength) {
        return Math.min((int) (steps * strength), steps);
    }

    /** How many are left out at the beginning. */
    static int stepsLeftOut(int steps, double strength) {
        return steps - stepsRun(steps, strength);
    }
}
