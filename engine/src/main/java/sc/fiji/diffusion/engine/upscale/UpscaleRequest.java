package sc.fiji.diffusion.engine.upscale;

import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.pipeline.ImageToImageRequest;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;

/**
 * A request for a picture in another size, with details that fit the text. They are invented: the picture holds none
 * finer than its own pixels. Immutable and checked when made.
 *
 * @param settings the text and all that text-to-image knows; the size is that of the result, any from 1×1 up
 * @param image where to begin, of any size
 * @param strength how much noise, above 0 and up to 1; of the steps, this share is run
 * @param overlap how much of its width and height a tile has at least in common with the next, 0 to 0.5. Below an
 *     eighth, the tiles may show
 */
public record UpscaleRequest(TextToImageRequest settings, RgbImage image, double strength, double overlap) {

    /** Where the user names none: details are sharpened, things stay where and what they are. */
    public static final double DEFAULT_STRENGTH = 0.3;

    /** Where the user names none. */
    public static final double DEFAULT_OVERLAP = 0.25;

    /** With more, tiles beyond the next would overlap too, and all is made over and over. */
    private static final double MOST_OVERLAP = 0.5;

    public UpscaleRequest {
        ImageToImageRequest.requireStrength(strength, settings.steps());
        requireOverlap(overlap);
    }

    /** @throws RequestException if it is none */
    public static void requireOverlap(double overlap) {
        if (!(overlap >= 0 && overlap <= MOST_OVERLAP)) {
            throw new RequestException("overlap: expected 0 to " + MOST_OVERLAP + ", found " + overlap);
        }
    }
}
