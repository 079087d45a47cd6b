package sc.fiji.diffusion.engine.image;

import java.util.Arrays;
import java.util.Optional;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * What may change in an image of the same size. The array is not copied.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param values row by row: 0 where a pixel stays as it is, 1 where it is made anew, between them a blend
 */
@SuppressWarnings("ArrayRecordComponent") // masks are handed on, not copied; equals is written out
public record Mask(int width, int height, float[] values) {

    public Mask {
        if (values.length != Tensor.count(height, width)) {
            throw new IllegalArgumentException("mask of " + width + "×" + height + " pixels: expected "
                    + Tensor.count(height, width) + " values, found " + values.length);
        }
    }

    /** Everything is made anew. */
    public static Mask everything(int width, int height) {
        float[] values = new float[Tensor.count(height, width)];
        Arrays.fill(values, 1);
        return new Mask(width, height, values);
    }

    /** Ones in the region, as far as it lies in the image. */
    public static Mask of(Region region, int width, int height) {
        float[] values = new float[Tensor.count(height, width)];
        Region inside = region.within(width, height);
        for (int y = inside.y(); y < inside.y() + inside.height(); y++) {
            int row = y * width + inside.x();
            Arrays.fill(values, row, row + inside.width(), 1);
        }
        return new Mask(width, height, values);
    }

    public float at(int x, int y) {
        return values[y * width + x];
    }

    /** Of all values: how many pixels change in all. */
    public double sum() {
        double sum = 0;
        for (float value : values) {
            sum += value;
        }
        return sum;
    }

    /** What may change stays, and what stays may change. */
    public Mask inverted() {
        float[] inverse = values.clone();
        for (int i = 0; i < inverse.length; i++) {
            inverse[i] = 1 - inverse[i];
        }
        return new Mask(width, height, inverse);
    }

    /** The smallest region that holds every value above 0; empty if there is none. */
    public Optional<Region> bounds() {
        int left = width;
        int right = -1;
        int top = height;
        int bottom = -1;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (at(x, y) > 0) {
                    left = Math.min(left, x);
                    right = Math.max(right, x);
                    top = Math.min(top, y);
                    bottom = y;
                }
            }
        }
        return right < 0 ? Optional.empty() : Optional.of(new Region(left, top, right - left + 1, bottom - top + 1));
    }

    /** The part in a region that lies inside the mask. */
    public Mask crop(Region region) {
        return new Mask(region.width(), region.height(), region.cropped(values, width, height, 1));
    }

    void requireSizeOf(RgbImage image) {
        if (image.width() != width || image.height() != height) {
            throw new IllegalArgumentException("mask: expected the image's " + image.width() + "×" + image.height()
                    + " pixels, found " + width + "×" + height);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Mask mask
                && width == mask.width
                && height == mask.height
                && Arrays.equals(values, mask.values);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * width + height) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "Mask[" + width + "×" + height + "]";
    }
}
