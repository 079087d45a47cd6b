package sc.fiji.diffusion.result;

import ij.ImagePlus;
import ij.ImageStack;
import sc.fiji.diffusion.altered.AlteredPixels;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.pipeline.GenerationResult;
import sc.fiji.diffusion.provenance.ImageProvenance;

/** An open image that takes results as further slices. */
public final class AppendTarget {

    private final ImagePlus image;

    private AppendTarget(ImagePlus image) {
        this.image = image;
    }

    /**
     * @param image the active image, or null if none is open
     * @param width of the slices to come, in pixels
     * @param height of the slices to come, in pixels
     * @throws RequestException if they don't fit
     */
    public static AppendTarget of(ImagePlus image, int width, int height) {
        String expected = "append: expected an open RGB image or stack of " + width + "x" + height + " pixels, found ";
        // A closed image has no pixels any more.
        if (image == null || image.getProcessor() == null) {
            throw new RequestException(expected + "none");
        }
        if (image.getType() != ImagePlus.COLOR_RGB) {
            throw new RequestException(expected + image.getBitDepth() + "-bit pixels in " + image.getTitle());
        }
        if (image.getWidth() != width || image.getHeight() != height) {
            throw new RequestException(
                    expected + image.getWidth() + "x" + image.getHeight() + " in " + image.getTitle());
        }
        if (image.getNDimensions() > 3) {
            throw new RequestException(expected + "a hyperstack in " + image.getTitle());
        }
        if (image.getStack().isVirtual()) {
            throw new RequestException(expected + "a virtual stack in " + image.getTitle());
        }
        return new AppendTarget(image);
    }

    /**
     * Adds the slices at the end, shows the first of them, and adds to the Info.
     *
     * @throws RequestException if another command is working on the image; it is then unchanged
     */
    public ImagePlus append(GenerationResult result) {
        if (!image.lockSilently()) {
            throw new RequestException(
                    "append: expected " + image.getTitle() + " to be free, found it locked by" + " another command");
        }
        try {
            addSlices(result);
        } finally {
            image.unlock();
        }
        return image;
    }

    private void addSlices(GenerationResult result) {
        ImageStack stack = image.getStack();
        int before = stack.size();
        boolean overTime = image.getNFrames() > 1;
        ResultStack.addSlices(stack, result);
        image.setStack(stack, 1, overTime ? 1 : stack.size(), overTime ? stack.size() : 1);
        image.setSlice(before + 1);
        Object info = image.getProperty(ResultStack.INFO);
        String earlier = info == null ? "" : info + "\n";
        image.setProperty(ResultStack.INFO, earlier + result.provenance().text());
        ResultStack.keepGenerated(image, AlteredPixels.of(image), before + 1);
        ResultStack.keepProvenance(image, ImageProvenance.of(image), result);
        image.changes = true;
    }
}
