package sc.fiji.diffusion.engine.inpaint;

import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;

/**
 * A request to make what is selected in a picture anew. Immutable and checked when made.
 *
 * @param settings the text and all that text-to-image knows; the size is that of the picture, any from 1×1 up
 * @param image the picture
 * @param mask the selection: 0 outside, above 0 inside
 * @param strength how much noise, above 0 and up to 1
 * @param recipe how
 */
public record SelectionRequest(
        TextToImageRequest settings, RgbImage image, Mask mask, double strength, InpaintRecipe recipe) {

    public SelectionRequest {
        requireSize("image", settings, image.width(), image.height());
        requireSize("mask", settings, mask.width(), mask.height());
        if (!(strength > 0 && strength <= 1)) {
            throw new RequestException("strength: expected above 0 and up to 1, found " + strength);
        }
        if (mask.bounds().isEmpty()) {
            throw new RequestException("mask: expected a pixel to change, found none");
        }
    }

    private static void requireSize(String field, TextToImageRequest settings, int width, int height) {
        if (settings.width() != width || settings.height() != height) {
            throw new RequestException(field + ": expected " + settings.width() + "×" + settings.height()
                    + " pixels, as asked for, found " + width + "×" + height);
        }
    }
}
