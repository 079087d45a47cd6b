package sc.fiji.diffusion.pixels;

import ij.CompositeImage;
import ij.ImagePlus;
import ij.process.ImageProcessor;
import ij.process.IntProcessor;
import ij.process.LUT;
import sc.fiji.diffusion.engine.RequestException;

/**
 * A place in an image, with the pixels and the LUT that are there.
 *
 * @param image open
 * @param channel from 1
 * @param slice from 1
 * @param frame from 1
 */
record PixelPosition(ImagePlus image, int channel, int slice, int frame) {

    PixelPosition {
        requireOpen(image);
        require("channel", channel, image.getNChannels());
        require("slice", slice, image.getNSlices());
        require("frame", frame, image.getNFrames());
    }

    static PixelPosition of(ImagePlus image, int channel, int slice, int frame) {
        return new PixelPosition(image, channel, slice, frame);
    }

    static PixelPosition of(ImagePlus image, int stackIndex) {
        requireOpen(image);
        require("stack index", stackIndex, image.getStackSize());
        int[] position = image.convertIndexToPosition(stackIndex);
        return new PixelPosition(image, position[0], position[1], position[2]);
    }

    /** The image's own array of pixels of a channel at this slice and frame. */
    Object pixelsOf(int anyChannel) {
        int index = image.getStackIndex(anyChannel, slice, frame);
        // ImageJ puts the array of the current slice back into the stack when another slice is chosen.
        return index == image.getCurrentSlice()
                ? image.getProcessor().getPixels()
                : image.getImageStack().getPixels(index);
    }

    /** A copy of the LUT that a channel is shown with, and its display range. */
    LUT lutOf(int anyChannel) {
        ImageProcessor processor = image.getProcessor();
        if (!(image instanceof CompositeImage composite)) {
            return processor.getLut();
        }
        LUT lut = composite.getLuts()[anyChannel - 1];
        return composite.getMode() == CompositeImage.GRAYSCALE
                ? new LUT(processor.getDefaultColorModel(), lut.min, lut.max)
                : lut;
    }

    private static void requireOpen(ImagePlus image) {
        // A closed image has no pixels any more.
        if (image == null || image.getProcessor() == null) {
            throw new RequestException("image: expected an open image, found none");
        }
        if (image.getProcessor() instanceof IntProcessor) {
            throw new RequestException("image: expected 8-bit, 16-bit, 32-bit or RGB pixels, found 32-bit integers in "
                    + image.getTitle());
        }
    }

    private static void require(String what, int found, int last) {
        if (found < 1 || found > last) {
            throw new RequestException(what + ": expected 1 to " + last + ", found " + found);
        }
    }
}
