package sc.fiji.diffusion.canvas;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.measure.Calibration;
import ij.plugin.RoiScaler;
import java.util.List;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.Resampling;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.pixels.ModelView;
import sc.fiji.diffusion.pixels.Palette;
import sc.fiji.diffusion.pixels.ValueRange;
import sc.fiji.diffusion.stack.HeapMemory;
import sc.fiji.diffusion.stack.StackPosition;

/** Makes a copy of an image, or of some of its slices, with another number of pixels. */
public final class ScaledImage {

    private ScaledImage() {}

    /**
     * A new image of the same type, not shown yet, its values interpolated. LUTs, display ranges, slice labels,
     * properties and Info are the same; the calibration's pixels are as much smaller as there are more of them. The
     * selection is scaled along, and the overlay too if all slices are taken.
     *
     * @param image is only read; may be a virtual stack, whose copy is none
     * @param slices which to take, in the order of the stack; at least one
     * @throws RequestException if there is no memory for it
     */
    public static ImagePlus of(ImagePlus image, List<StackPosition> slices, Size size) {
        requireMemory(image, slices.size(), size);
        ImagePlus copy = image.createImagePlus();
        String title = "Upscaled " + image.getTitle();
        ImageStack stack = stack(image, slices, size);
        if (stack.size() == 1) {
            copy.setProcessor(title, stack.getProcessor(1));
            copy.setProp("Slice_Label", stack.getSliceLabel(1));
        } else {
            copy.setStack(title, stack);
        }
        ImagePlus made = ShownAlike.shown(copy, image, slices);
        made.setCalibration(calibration(image, size));
        if (Palette.isUsedBy(image)) {
            interpolateColours(made, image, slices);
        }
        scaleSelections(made, image);
        return made;
    }

    private static void requireMemory(ImagePlus image, int slices, Size size) {
        long pixels = (long) size.width() * size.height();
        HeapMemory.require(
                "size: " + size.width() + "x" + size.height() + "x" + slices,
                pixels * (image.getBytesPerPixel() * (long) slices + HeapMemory.WORK_BYTES_PER_PIXEL));
    }

    private static ImageStack stack(ImagePlus image, List<StackPosition> slices, Size size) {
        ImageStack old = image.getStack();
        ScaledPixels scaled = new ScaledPixels(new Size(image.getWidth(), image.getHeight()), size);
        ImageStack stack = new ImageStack(size.width(), size.height(), old.getColorModel());
        for (StackPosition slice : slices) {
            Object pixels = old.getPixels(slice.stackIndex());
            stack.addSlice(
                    old.getSliceLabel(slice.stackIndex()),
                    Palette.isUsedBy(image) ? scaled.nearest((byte[]) pixels) : scaled.of(pixels));
        }
        return stack;
    }

    /** Indices of a palette can't be interpolated, but what they show can. */
    private static void interpolateColours(ImagePlus made, ImagePlus image, List<StackPosition> slices) {
        ValueRange range = new ValueRange.DisplayRange();
        Mask everything = Mask.everything(made.getWidth(), made.getHeight());
        for (int index = 0; index < slices.size(); index++) {
            ModelView.of(made, index + 1, range)
                    .write(
                            Resampling.resized(
                                    ModelView.of(image, slices.get(index).stackIndex(), range)
                                            .seen(),
                                    made.getWidth(),
                                    made.getHeight()),
                            everything);
        }
    }

    private static Calibration calibration(ImagePlus image, Size size) {
        Calibration calibration = image.getCalibration().copy();
        double across = (double) size.width() / image.getWidth();
        double down = (double) size.height() / image.getHeight();
        if (calibration.scaled()) {
            calibration.pixelWidth /= across;
            calibration.pixelHeight /= down;
        }
        calibration.xOrigin *= across;
        calibration.yOrigin *= down;
        return calibration;
    }

    private static void scaleSelections(ImagePlus made, ImagePlus image) {
        double across = (double) made.getWidth() / image.getWidth();
        double down = (double) made.getHeight() / image.getHeight();
        Roi roi = image.getRoi();
        if (roi != null) {
            made.setRoi(RoiScaler.scale(roi, across, down, false));
        }
        Overlay overlay = image.getOverlay();
        if (overlay != null && made.getStackSize() == image.getStackSize()) {
            made.setOverlay(overlay.duplicate().scale(across, down));
            made.setHideOverlay(image.getHideOverlay());
        }
    }
}
