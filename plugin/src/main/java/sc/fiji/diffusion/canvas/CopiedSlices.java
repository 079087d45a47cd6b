package sc.fiji.diffusion.canvas;

import ij.ImagePlus;
import ij.ImageStack;
import java.util.List;
import sc.fiji.diffusion.stack.StackPosition;

/** Makes a copy of some slices of an image. */
public final class CopiedSlices {

    private CopiedSlices() {}

    /**
     * A new image of the same type, not shown yet, with the same pixels, LUTs, display ranges and properties.
     *
     * @param slices which to take, in the order of the stack; at least one
     */
    public static ImagePlus of(ImagePlus image, List<StackPosition> slices) {
        ImagePlus copy = image.createImagePlus();
        ImageStack stack = new ImageStack(
                image.getWidth(), image.getHeight(), image.getStack().getColorModel());
        for (StackPosition slice : slices) {
            int index = slice.stackIndex();
            stack.addSlice(
                    image.getStack().getSliceLabel(index),
                    image.getStack().getProcessor(index).duplicate());
        }
        if (stack.size() == 1) {
            copy.setProcessor(image.getTitle(), stack.getProcessor(1));
        } else {
            copy.setStack(image.getTitle(), stack);
        }
        ImagePlus shown = ShownAlike.shown(copy, image, slices);
        shown.setCalibration(image.getCalibration());
        return shown;
    }
}
