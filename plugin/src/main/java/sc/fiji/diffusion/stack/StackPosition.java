package sc.fiji.diffusion.stack;

import ij.ImagePlus;

/**
 * Where a slice is, each number from 1 as ImageJ counts.
 *
 * @param channel of a hyperstack
 * @param slice in depth, z
 * @param frame in time
 * @param stackIndex in the whole stack
 */
public record StackPosition(int channel, int slice, int frame, int stackIndex) {

    /** @param stackIndex from 1 to the number of slices */
    public static StackPosition of(ImagePlus image, int stackIndex) {
        int[] position = image.convertIndexToPosition(stackIndex);
        return new StackPosition(position[0], position[1], position[2], stackIndex);
    }

    static StackPosition of(ImagePlus image, int channel, int slice, int frame) {
        return new StackPosition(channel, slice, frame, image.getStackIndex(channel, slice, frame));
    }
}
