package sc.fiji.diffusion.altered;

import ij.ImagePlus;
import ij.ImageStack;
import ij.WindowManager;
import ij.measure.Calibration;
import ij.process.ByteProcessor;
import sc.fiji.diffusion.engine.RequestException;

/** Shows altered pixels as an image of its own. */
public final class AlteredPixelsImage {

    private AlteredPixelsImage() {}

    /**
     * A new 8-bit image with the size, dimensions and scale of the one given, not shown yet: 255 where its pixels were
     * generated, 0 elsewhere.
     *
     * @param image or null if none is open
     * @throws RequestException if it has no such pixels
     */
    public static ImagePlus of(ImagePlus image) {
        // A closed image has no pixels any more.
        if (image == null || image.getProcessor() == null) {
            throw new RequestException(
                    "image: expected an open image with generated pixels, found none; choose or open one");
        }
        AlteredPixels pixels = AlteredPixels.of(image);
        if (pixels.isEmpty()) {
            throw new RequestException("image: expected generated pixels in " + image.getTitle() + ", found none");
        }
        ImageStack labels = image.getStack();
        ImageStack stack = new ImageStack(image.getWidth(), image.getHeight());
        for (int index = 1; index <= labels.size(); index++) {
            stack.addSlice(labels.getSliceLabel(index), slice(pixels, index));
        }
        String title = WindowManager.makeUniqueName("Generated pixels of " + image.getTitle());
        ImagePlus shown = new ImagePlus(title, stack);
        shown.setCalibration(scale(image));
        shown.setDimensions(image.getNChannels(), image.getNSlices(), image.getNFrames());
        shown.setOpenAsHyperStack(image.isHyperStack());
        shown.setPosition(image.getC(), image.getZ(), image.getT());
        return shown;
    }

    private static ByteProcessor slice(AlteredPixels pixels, int stackIndex) {
        byte[] bytes = new byte[pixels.width() * pixels.height()];
        pixels.pixels(stackIndex).stream().forEach(i -> bytes[i] = (byte) 255);
        return new ByteProcessor(pixels.width(), pixels.height(), bytes);
    }

    /** Of space and time alone: the grey values are no intensities. */
    private static Calibration scale(ImagePlus image) {
        Calibration calibration = image.getCalibration().copy();
        calibration.disableDensityCalibration();
        return calibration;
    }
}
