package sc.fiji.diffusion.engine.image;

import java.util.Arrays;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * A colour picture in full precision. The array is not copied.
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param samples red, green, blue of the first pixel, then of the next in its row, and so on: {@code [height, width, 3]},
 *     each from 0 to 1
 */
@SuppressWarnings("ArrayRecordComponent") // pixels and latents are handed on, not copied; equals is written out
public record RgbImage(int width, int height, float[] samples) {

    public RgbImage {
        if (samples.length != Tensor.count(height, width, 3)) {
            throw new IllegalArgumentException("image of " + width + "×" + height + " pixels: expected "
                    + Tensor.count(height, width, 3) + " samples, found " + samples.length);
        }
    }

    /**
     * The pictures of a decoded batch, as diffusers makes them: {@code value / 2 + 0.5}, clamped to 0…1.
     *
     * @param decoded {@code [N, 3, height, width]}, nominally from -1 to 1
     * @param index which of the N
     */
    public static RgbImage fromDecoded(Tensor decoded, int index) {
        int height = decoded.size(2);
        int width = decoded.size(3);
        int plane = height * width;
        int start = index * 3 * plane;
        float[] samples = new float[3 * plane];
        for (int channel = 0; channel < 3; channel++) {
            for (int pixel = 0; pixel < plane; pixel++) {
                float value = decoded.values()[start + channel * plane + pixel] / 2 + 0.5f;
                samples[3 * pixel + channel] = Math.min(1, Math.max(0, value));
            }
        }
        return new RgbImage(width, height, samples);
    }

    /** As the VAE's encoder takes it: {@code [1, 3, height, width]}, from -1 to 1. */
    public Tensor toEncoder() {
        int plane = width * height;
        float[] values = new float[3 * plane];
        for (int pixel = 0; pixel < plane; pixel++) {
            for (int channel = 0; channel < 3; channel++) {
                values[channel * plane + pixel] = 2 * samples[3 * pixel + channel] - 1;
            }
        }
        return Tensor.of(values, 1, 3, height, width);
    }

    /** Eight bits a channel, {@code 0xRRGGBB}, row by row; rounded to the nearest with ties to even, as numpy rounds. */
    public int[] packed() {
        int[] pixels = new int[width * height];
        for (int pixel = 0; pixel < pixels.length; pixel++) {
            int packed = 0;
            for (int channel = 0; channel < 3; channel++) {
                packed = packed << 8 | (int) Math.rint(samples[3 * pixel + channel] * 255f);
            }
            pixels[pixel] = packed;
        }
        return pixels;
    }

    /** A sample: channel 0 is red, 1 green, 2 blue. */
    public float at(int x, int y, int channel) {
        return samples[3 * (y * width + x) + channel];
    }

    /** The part in a region that lies inside the image. */
    public RgbImage crop(Region region) {
        return new RgbImage(region.width(), region.height(), region.cropped(samples, width, height, 3));
    }

    /** The part in a region that may reach beyond the image, where lies what lies at the border. */
    public RgbImage cropContinued(Region region) {
        float[] cropped = new float[Tensor.count(region.height(), region.width(), 3)];
        for (int y = 0; y < region.height(); y++) {
            int row = Math.min(height - 1, Math.max(0, region.y() + y)) * width;
            for (int x = 0; x < region.width(); x++) {
                int column = Math.min(width - 1, Math.max(0, region.x() + x));
                System.arraycopy(samples, 3 * (row + column), cropped, 3 * (y * region.width() + x), 3);
            }
        }
        return new RgbImage(region.width(), region.height(), cropped);
    }

    /** A copy in which the part has replaced what was in the region; the inverse of {@link #crop}. */
    public RgbImage with(RgbImage part, Region region) {
        region.requireInside(width, height);
        if (part.width != region.width() || part.height != region.height()) {
            throw new IllegalArgumentException("part: expected the size of " + region + ", found " + part);
        }
        float[] changed = samples.clone();
        for (int row = 0; row < part.height; row++) {
            int to = 3 * ((region.y() + row) * width + region.x());
            System.arraycopy(part.samples, 3 * row * part.width, changed, to, 3 * part.width);
        }
        return new RgbImage(width, height, changed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RgbImage image
                && width == image.width
                && height == image.height
                && Arrays.equals(samples, image.samples);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * width + height) + Arrays.hashCode(samples);
    }

    @Override
    public String toString() {
        return "RgbImage[" + width + "×" + height + "]";
    }
}
