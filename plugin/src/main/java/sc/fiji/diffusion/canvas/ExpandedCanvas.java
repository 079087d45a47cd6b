package sc.fiji.diffusion.canvas;

import ij.ImagePlus;
import ij.ImageStack;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.measure.Calibration;
import java.lang.reflect.Array;
import java.util.List;
import sc.fiji.diffusion.altered.AlteredPixels;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.stack.AxisPart;
import sc.fiji.diffusion.stack.StackPart;
import sc.fiji.diffusion.stack.StackPosition;

/** Makes a copy of an image with more room around it. */
public final class ExpandedCanvas {

    private ExpandedCanvas() {}

    /**
     * A new image of the same type, not shown yet. The old pixels are the same to the bit; the new ones continue those
     * at the edge. Dimensions, position, LUTs, display ranges, slice labels, properties and Info are the same; the
     * selection, the overlay, the calibration's origin and the pixels that are known as generated move along. All new
     * pixels count as generated, as they are not measured.
     *
     * @param image is only read; may be a virtual stack, whose copy is none
     * @throws RequestException if it would be too large
     */
    public static ImagePlus of(ImagePlus image, CanvasBorder border) {
        Size size = border.size(image.getWidth(), image.getHeight());
        ImagePlus made = image.createImagePlus();
        String title = "Expanded " + image.getTitle();
        ImageStack stack = stack(image, border, size);
        if (stack.size() == 1) {
            made.setProcessor(title, stack.getProcessor(1));
        } else {
            made.setStack(title, stack);
        }
        made = ShownAlike.shown(made, image, allOf(image));
        made.setCalibration(calibration(image, border));
        moveSelections(made, image, border);
        alteredPixels(image, border, size).keepIn(made);
        return made;
    }

    private static List<StackPosition> allOf(ImagePlus image) {
        return new StackPart.Slices(AxisPart.ALL).positions(image);
    }

    private static ImageStack stack(ImagePlus image, CanvasBorder border, Size size) {
        ImageStack old = image.getStack();
        Region place = border.old(image.getWidth(), image.getHeight());
        ImageStack stack = new ImageStack(size.width(), size.height(), old.getColorModel());
        for (int index = 1; index <= old.size(); index++) {
            Object from = old.getPixels(index);
            Object to = Array.newInstance(
                    from.getClass().getComponentType(), Math.multiplyExact(size.width(), size.height()));
            EdgeFill.fill(from, place, to, size);
            stack.addSlice(old.getSliceLabel(index), to);
        }
        return stack;
    }

    private static Calibration calibration(ImagePlus image, CanvasBorder border) {
        Calibration calibration = image.getCalibration().copy();
        calibration.xOrigin += border.left();
        // ImageJ counts from the bottom row upwards if there is no other origin.
        boolean fromBottom = calibration.getInvertY() && calibration.yOrigin == 0;
        calibration.yOrigin = border.top() + (fromBottom ? image.getHeight() - 1 : calibration.yOrigin);
        return calibration;
    }

    private static void moveSelections(ImagePlus made, ImagePlus image, CanvasBorder border) {
        Roi roi = image.getRoi();
        if (roi != null) {
            Roi moved = (Roi) roi.clone();
            moved.translate(border.left(), border.top());
            made.setRoi(moved);
        }
        Overlay overlay = image.getOverlay();
        if (overlay != null) {
            Overlay moved = overlay.duplicate();
            moved.translate(border.left(), border.top());
            made.setOverlay(moved);
            made.setHideOverlay(image.getHideOverlay());
        }
    }

    private static AlteredPixels alteredPixels(ImagePlus image, CanvasBorder border, Size size) {
        AlteredPixels altered =
                AlteredPixels.of(image).onCanvas(size.width(), size.height(), border.left(), border.top());
        Mask mask = border.mask(image.getWidth(), image.getHeight());
        for (int index = 1; index <= image.getStackSize(); index++) {
            altered.add(index, mask);
        }
        return altered;
    }
}
