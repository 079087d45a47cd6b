package sc.fiji.diffusion.engine.image;

import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * A rectangle of whole pixels. It may reach beyond an image; {@link #within} cuts it.
 *
 * @param x of its left column
 * @param y of its top row
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 */
public record Region(int x, int y, int width, int height) {

    public Region {
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("region: expected at least 1×1 pixels, found " + width + "×" + height);
        }
    }

    /** The part that lies in an image of that size; the region must touch the image. */
    public Region within(int imageWidth, int imageHeight) {
        int left = Math.max(x, 0);
        int top = Math.max(y, 0);
        int right = Math.min(x + width, imageWidth);
        int bottom = Math.min(y + height, imageHeight);
        return new Region(left, top, right - left, bottom - top);
    }

    /** Larger by that many pixels on every side. */
    public Region grown(int pixels) {
        return new Region(x - pixels, y - pixels, width + 2 * pixels, height + 2 * pixels);
    }

    /** The samples {@code [height, width, channels]} of this region, which lies inside the image. */
    float[] cropped(float[] samples, int imageWidth, int imageHeight, int channels) {
        requireInside(imageWidth, imageHeight);
        float[] cropped = new float[Tensor.count(height, width, channels)];
        for (int row = 0; row < height; row++) {
            int from = ((y + row) * imageWidth + x) * channels;
            System.arraycopy(samples, from, cropped, row * width * channels, width * channels);
        }
        return cropped;
    }

    /** @throws IllegalArgumentException if it reaches beyond an image of that size */
    public void requireInside(int imageWidth, int imageHeight) {
        if (x < 0 || y < 0 || x + width > imageWidth || y + height > imageHeight) {
            throw new IllegalArgumentException(
                    "region: expected to lie in " + imageWidth + "×" + imageHeight + " pixels, found " + this);
        }
    }
}
