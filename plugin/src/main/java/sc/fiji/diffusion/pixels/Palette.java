package sc.fiji.diffusion.pixels;

import ij.ImagePlus;
import ij.process.ImageProcessor;

/** Tells images whose bytes are the numbers of colours from those whose bytes are values. */
public final class Palette {

    private Palette() {}

    /**
     * Whether an image's pixels are indices of a palette, so that neighbouring numbers are colours that have nothing to
     * do with each other. ImageJ's type 8-bit colour says so, but ImageJ does not give it to PNG files with a palette,
     * and forgets it with Edit ▸ Undo; such an image is told by what {@link ImagePlus#setTypeToColor256} looks at: a
     * coloured LUT with jumps everywhere. Where the display range was changed, its bytes are values.
     */
    public static boolean isUsedBy(ImagePlus image) {
        if (image.getType() != ImagePlus.GRAY8 || image.isComposite()) {
            return image.getType() == ImagePlus.COLOR_256;
        }
        ImageProcessor processor = image.getProcessor();
        return processor.getMin() == 0
                && processor.getMax() == 255
                && processor.isColorLut()
                && !processor.isPseudoColorLut();
    }
}
