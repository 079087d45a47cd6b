package sc.fiji.diffusion.engine.image;

/**
 * How many pixels a picture has.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 */
public record Size(int width, int height) {

    public Size {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("size: expected at least 1×1 pixels, found " + width + "×" + height);
        }
    }
}
