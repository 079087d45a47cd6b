package sc.fiji.diffusion.stack;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Copies of some slices, in the clothes that {@code ij.Undo} wants. In ImageJ 1.54p, {@code Undo.setup(TRANSFORM, image)}
 * keeps {@code image.duplicate()} for the image with that ID, but only of single images and composites below 200 MB;
 * and {@code Undo.undo()} gives the image the {@code getStack()} of what was kept. So this is one empty image with the
 * ID of another, its duplicate is itself, and being asked for its stack means that the slices are to be put back.
 */
final class UndoSlices extends ImagePlus {

    private static final String INFO = "Info";

    private final ImagePlus target;
    // Not in ImagePlus's own fields: it must count as small.
    private final int stackWidth;
    private final int stackHeight;
    private final int stackSize;
    private final int bitDepth;
    private final Map<Integer, Object> pixels = new HashMap<>();
    private final Object info;
    private final String[] properties;
    private volatile boolean wasRefused;

    UndoSlices(ImagePlus target, List<Integer> stackIndexes) {
        this.target = target;
        ImageStack stack = target.getStack();
        stackWidth = stack.getWidth();
        stackHeight = stack.getHeight();
        stackSize = stack.size();
        bitDepth = stack.getBitDepth();
        for (int index : stackIndexes) {
            pixels.put(index, stack.getProcessor(index).duplicate().getPixels());
        }
        info = target.getProperty(INFO);
        properties = target.getPropertiesAsArray();
    }

    @Override
    public int getID() {
        return target.getID();
    }

    @Override
    public ImagePlus duplicate() {
        return this;
    }

    /** Whether it was asked for while a command was at work, which can't be undone before it is done. */
    boolean wasRefused() {
        return wasRefused;
    }

    /**
     * The target's own stack, its slices as they were, unless it has got another shape since, or a command is working on
     * it: that would go on with other pixels, and know of changes that are undone.
     */
    @Override
    public ImageStack getStack() {
        ImageStack stack = target.getStack();
        if (target.isLockedByAnotherThread()) {
            wasRefused = true;
            IJ.showStatus("Undo: " + target.getTitle() + " is being worked on; press Esc first, or wait");
            return stack;
        }
        if (stack.size() == stackSize
                && stack.getBitDepth() == bitDepth
                && stack.getWidth() == stackWidth
                && stack.getHeight() == stackHeight) {
            pixels.forEach((index, saved) -> stack.setPixels(saved, index));
            target.setProperty(INFO, info);
            target.setProperties(properties);
        }
        return stack;
    }
}
