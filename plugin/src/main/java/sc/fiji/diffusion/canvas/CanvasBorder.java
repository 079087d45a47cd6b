package sc.fiji.diffusion.canvas;

import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.Size;

/**
 * By how much an image grows on each side, in pixels, each 0 or more and one of them above 0.
 *
 * @param left columns before the first
 * @param right columns after the last
 * @param top rows before the first
 * @param bottom rows after the last
 */
public record CanvasBorder(int left, int right, int top, int bottom) {

    /** The longest side that the engine works on. */
    private static final int LARGEST_SIDE = 16384;

    public CanvasBorder {
        requirePixels("left", left);
        requirePixels("right", right);
        requirePixels("top", top);
        requirePixels("bottom", bottom);
        if (left == 0 && right == 0 && top == 0 && bottom == 0) {
            throw new RequestException("left, right, top, bottom: expected one above 0 pixels, found none");
        }
    }

    /**
     * The size of an image that has grown.
     *
     * @throws RequestException if it is too large
     */
    public Size size(int width, int height) {
        long newWidth = (long) left + width + right;
        long newHeight = (long) top + height + bottom;
        if (newWidth > LARGEST_SIDE || newHeight > LARGEST_SIDE) {
            throw new RequestException("canvas: expected at most " + LARGEST_SIDE + " pixels on a side, found "
                    + newWidth + "x" + newHeight);
        }
        return new Size((int) newWidth, (int) newHeight);
    }

    /** Where in the larger image the old one lies. */
    public Region old(int width, int height) {
        return new Region(left, top, width, height);
    }

    /** Of the larger image's size: 1 where a pixel is new, 0 where it is old. */
    public Mask mask(int width, int height) {
        Size size = size(width, height);
        return Mask.of(old(width, height), size.width(), size.height()).inverted();
    }

    private static void requirePixels(String side, int pixels) {
        if (pixels < 0) {
            throw new RequestException(side + ": expected 0 or more pixels, found " + pixels);
        }
    }
}
