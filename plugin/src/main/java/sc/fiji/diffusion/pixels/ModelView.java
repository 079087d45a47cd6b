package sc.fiji.diffusion.pixels;

import ij.ImagePlus;
import java.util.List;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.RgbImage;

/**
 * One position of a stack as a model sees it, and the way back. It works on the image's own pixel arrays and changes
 * nothing else of the image: not its display range, LUTs, calibration, current slice or properties, nor does it redraw
 * the image. Threads: one at a time, and none that changes the image meanwhile.
 */
public abstract sealed class ModelView permits LutView, IndexedColorView, RgbView, CompositeView {

    private final int width;
    private final int height;

    ModelView(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /**
     * As {@link #of(ImagePlus, int, int, int, ValueRange)}, by the index in the stack.
     *
     * @param stackIndex from 1
     * @throws RequestException if the image or its position can't be used
     */
    public static ModelView of(ImagePlus image, int stackIndex, ValueRange range) {
        return ModelViews.make(PixelPosition.of(image, stackIndex), range);
    }

    /**
     * The view of a position. A composite that shows several channels at once is seen as it is shown: the sum of its
     * active channels, whichever channel is asked for. Any other image is seen through the LUT of the channel.
     *
     * @param channel from 1
     * @param slice from 1
     * @param frame from 1
     * @param range which values become black and white, or the ends of the LUT
     * @throws RequestException if the image has no such position, or pixels of an unknown type, or a composite shows
     *     no channel or does not show their sum, or the range holds no values of the image's type
     */
    public static ModelView of(ImagePlus image, int channel, int slice, int frame, ValueRange range) {
        return ModelViews.make(PixelPosition.of(image, channel, slice, frame), range);
    }

    /** In pixels. */
    public final int width() {
        return width;
    }

    /** In pixels. */
    public final int height() {
        return height;
    }

    /** Which values of each channel are the first and the last colour that is seen; none where colours are stored. */
    public List<ValueRange.Given> ranges() {
        return List.of();
    }

    /** What the model sees; NaN and -∞ as the minimum of the range, +∞ as its maximum. */
    public final RgbImage seen() {
        float[] samples = new float[Math.multiplyExact(3, Math.multiplyExact(width, height))];
        for (int pixel = 0; pixel < width * height; pixel++) {
            see(pixel, samples, 3 * pixel);
        }
        return new RgbImage(width, height, samples);
    }

    /**
     * Puts a generated picture into the image. Where the mask is 0, the pixel stays as it is, bit for bit, and so do
     * NaN and infinities. Elsewhere the new value is {@code old * (1 - mask) + generated * mask}, in values, not in
     * colours, rounded to the nearest that the type has. New values lie in the range, and so a value that was outside
     * the range, which the model could only see clipped, comes into it even where the picture is unchanged; all others
     * are then the same as before.
     *
     * @param generated of the same size; samples beyond 0…1 count as 0 or 1, and a pixel with NaN is passed over
     * @param mask of the same size
     */
    public final void write(RgbImage generated, Mask mask) {
        requireSize("generated", generated.width(), generated.height());
        requireSize("mask", mask.width(), mask.height());
        float[] samples = generated.samples();
        float[] rgb = new float[3];
        for (int pixel = 0; pixel < width * height; pixel++) {
            float share = mask.values()[pixel];
            if (share > 0 && clampTo(rgb, samples, 3 * pixel)) {
                blend(pixel, rgb, Math.min(1, share));
            }
        }
    }

    /** Writes the colour of a pixel into {@code samples} from {@code offset} on. */
    abstract void see(int pixel, float[] samples, int offset);

    /**
     * @param rgb the generated colour, from 0 to 1
     * @param share of what is generated, above 0 and at most 1
     */
    abstract void blend(int pixel, float[] rgb, float share);

    private static boolean clampTo(float[] rgb, float[] samples, int offset) {
        boolean numbers = true;
        for (int sample = 0; sample < 3; sample++) {
            rgb[sample] = Math.min(1, Math.max(0, samples[offset + sample]));
            numbers &= !Float.isNaN(rgb[sample]);
        }
        return numbers;
    }

    private void requireSize(String what, int foundWidth, int foundHeight) {
        if (foundWidth != width || foundHeight != height) {
            throw new IllegalArgumentException(
                    what + ": expected " + width + "×" + height + " pixels, found " + foundWidth + "×" + foundHeight);
        }
    }
}
