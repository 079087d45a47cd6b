package sc.fiji.diffusion.engine.upscale;

import java.util.OptionalInt;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;

/** How large a picture becomes. */
public final class ScaledSize {

    /** Where the user names none. */
    public static final double DEFAULT_SCALE = 2;

    private ScaledSize() {}

    /**
     * So many times as wide and high, rounded to whole pixels, at least one.
     *
     * @param scale above 0
     * @throws RequestException if it is none, or the size is larger than can be made
     */
    public static Size of(Size size, double scale) {
        if (!(scale > 0)) {
            throw new RequestException("scale: expected above 0, found " + scale);
        }
        double longest = scale * Math.max(size.width(), size.height());
        if (longest > TextToImageRequest.LARGEST_SIDE) {
            throw new RequestException("scale: expected at most " + TextToImageRequest.LARGEST_SIDE
                    + " pixels along a side, found " + scale + " times " + size.width() + "×" + size.height());
        }
        return new Size(rounded(scale * size.width()), rounded(scale * size.height()));
    }

    /**
     * That width and height; where one is missing, it follows from the other by the picture's aspect ratio.
     *
     * @throws RequestException if both are missing, one is below 1, or the size is larger than can be made
     */
    public static Size of(Size size, OptionalInt width, OptionalInt height) {
        if (width.isPresent() && height.isPresent()) {
            return new Size(side("width", width.getAsInt()), side("height", height.getAsInt()));
        }
        if (width.isPresent()) {
            Size scaled = of(size, (double) side("width", width.getAsInt()) / size.width());
            return new Size(width.getAsInt(), scaled.height());
        }
        if (height.isPresent()) {
            Size scaled = of(size, (double) side("height", height.getAsInt()) / size.height());
            return new Size(scaled.width(), height.getAsInt());
        }
        throw new RequestException("width, height: expected one of them, found none");
    }

    private static int side(String field, int pixels) {
        if (pixels < 1 || pixels > TextToImageRequest.LARGEST_SIDE) {
            throw new RequestException(
                    field + ": expected 1 to " + TextToImageRequest.LARGEST_SIDE + ", found " + pixels);
        }
        return pixels;
    }

    private static int rounded(double pixels) {
        return (int) Math.max(1, Math.round(pixels));
    }
}
