package sc.fiji.diffusion.selection;

import ij.ImagePlus;
import ij.gui.Roi;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.stack.StackPlane;
import sc.fiji.diffusion.stack.StackPosition;

/**
 * Where in a stack a mask holds; 0 stands for every number, as in ImageJ's selections.
 *
 * @param stackIndex in the whole stack
 * @param channel of a hyperstack
 * @param slice in depth, z
 * @param frame in time
 */
public record MaskPosition(int stackIndex, int channel, int slice, int frame) {

    /** In every slice. */
    public static final MaskPosition ANYWHERE = new MaskPosition(0, 0, 0, 0);

    /** In one slice of a stack. */
    public static MaskPosition slice(int stackIndex) {
        return new MaskPosition(stackIndex, 0, 0, 0);
    }

    /** The selection's own: a hyperstack position, an index in the stack, or none. */
    public static MaskPosition of(Roi roi) {
        return roi.hasHyperStackPosition()
                ? new MaskPosition(0, roi.getCPosition(), roi.getZPosition(), roi.getTPosition())
                : slice(Math.max(0, roi.getPosition()));
    }

    public boolean covers(StackPosition position) {
        return holds(stackIndex, position.stackIndex())
                && holds(channel, position.channel())
                && holds(slice, position.slice())
                && holds(frame, position.frame());
    }

    /** True if it holds in one of the plane's channels: a composite shows all of them as one picture. */
    public boolean covers(StackPlane plane) {
        return plane.channels().stream().anyMatch(this::covers);
    }

    private static boolean holds(int expected, int found) {
        return expected == 0 || expected == found;
    }

    /** A mask that never holds would be ignored without a word. */
    MaskPosition requireIn(ImagePlus image, String name) {
        requireUpTo(image.getStackSize(), stackIndex, name + ": expected a position in a stack of ");
        requireUpTo(image.getNChannels(), channel, name + ": expected a channel of ");
        requireUpTo(image.getNSlices(), slice, name + ": expected a slice of ");
        requireUpTo(image.getNFrames(), frame, name + ": expected a frame of ");
        return this;
    }

    private static void requireUpTo(int count, int number, String expected) {
        if (number > count) {
            throw new RequestException(expected + count + ", found " + number);
        }
    }
}
