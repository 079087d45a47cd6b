package sc.fiji.diffusion.engine.pipeline;

import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.RgbImage;

/**
 * A request to make the masked part of an image anew. The whole image comes back; outside the mask it is what the VAE
 * makes of it, close to the original but not the same: whoever wants the original there blends it back. Immutable and
 * checked when made.
 *
 * @param settings the text and all that text-to-image knows; the size is that of the image
 * @param image what to change
 * @param mask where: with {@link MaskReduction#NEAREST} from 0.5 up; with {@link MaskReduction#MAXIMUM} everywhere
 *     above 0, the lower the value the later (differential diffusion, Levin and Fried 2023, arXiv 2306.00950)
 * @param reduction how one latent's mask value follows from those of its pixels
 * @param strength how much noise, above 0 and up to 1; of the steps, this share is run. At 1 the masked part begins as
 *     pure noise
 */
public record InpaintRequest(
        TextToImageRequest settings, RgbImage image, Mask mask, MaskReduction reduction, double strength) {

    /** Where the user names none; diffusers' default. */
    public static final double DEFAULT_STRENGTH = 1;

    /** From a mask of pixels to one of latents. */
    public enum MaskReduction {
        /** The pixel at the top left of those of a latent, 0 or 1: diffusers' way. */
        NEAREST,
        /** The largest value of a latent's pixels, so that none is missed. */
        MAXIMUM
    }

    public InpaintRequest {
        ImageToImageRequest.requireSameSize(settings, image);
        ImageToImageRequest.requireStrength(strength, settings.steps());
        if (mask.width() != image.width() || mask.height() != image.height()) {
            throw new RequestException("mask: expected " + image.width() + "×" + image.height()
                    + " pixels, as the image has, found " + mask.width() + "×" + mask.height());
        }
        if (mask.bounds().isEmpty()) {
            throw new RequestException("mask: expected a pixel to change, found none");
        }
    }

    /** The picture with what is masked (from 0.5 up, or wherever it may change) made mid grey, which is the VAE's 0. */
    RgbImage imageWithoutMasked() {
        float[] samples = image.samples().clone();
        for (int pixel = 0; pixel < mask.values().length; pixel++) {
            float value = mask.values()[pixel];
            boolean masked = reduction == MaskReduction.NEAREST ? value >= 0.5f : value > 0;
            if (masked) {
                samples[3 * pixel] = samples[3 * pixel + 1] = samples[3 * pixel + 2] = 0.5f;
            }
        }
        return new RgbImage(image.width(), image.height(), samples);
    }
}
