package sc.fiji.diffusion.provenance;

import ij.ImagePlus;
import ij.process.ImageProcessor;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.PixelHash;

/** The hash of a slice's pixels: of its numbers as they are stored, whatever LUT or display range they are shown with. */
public final class SliceHash {

    private SliceHash() {}

    /**
     * As {@link PixelHash} takes it; pixels are not copied.
     *
     * @param stackIndex from 1
     */
    public static String of(ImagePlus image, int stackIndex) {
        // ImageJ puts the array of the current slice back into the stack when another slice is chosen.
        Object pixels = stackIndex == image.getCurrentSlice()
                ? image.getProcessor().getPixels()
                : image.getStack().getPixels(stackIndex);
        return of(image.getWidth(), image.getHeight(), pixels);
    }

    /** Of an image's part that is not in a stack yet. */
    public static String of(ImageProcessor processor) {
        return of(processor.getWidth(), processor.getHeight(), processor.getPixels());
    }

    private static String of(int width, int height, Object pixels) {
        if (pixels instanceof byte[] bytes) {
            return PixelHash.ofGray8(width, height, bytes);
        }
        if (pixels instanceof short[] shorts) {
            return PixelHash.ofGray16(width, height, shorts);
        }
        if (pixels instanceof float[] floats) {
            return PixelHash.ofGray32(width, height, floats);
        }
        if (pixels instanceof int[] colors) {
            return PixelHash.ofRgb(width, height, colors);
        }
        throw new RequestException("image: expected 8-bit, 16-bit, 32-bit or RGB pixels, found "
                + pixels.getClass().getSimpleName());
    }
}
