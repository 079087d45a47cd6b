package sc.fiji.diffusion.hint;

import ij.ImagePlus;
import sc.fiji.diffusion.engine.image.RgbImage;

/** What a control image is made of. */
public sealed interface ControlSource {

    /** The slice that an image shows when it is asked for. */
    record ShownSlice(ImagePlus image) implements ControlSource {}

    /**
     * Each slice of an image that is worked on, for itself; the slice that it shows, where no slice is.
     *
     * @param channel that is shown: of channels that are worked on as one picture, its numbers are the labels
     */
    record EachSlice(ImagePlus image, int channel) implements ControlSource {}

    /** Nothing any more: it is there already. */
    record Ready(RgbImage picture) implements ControlSource {}
}
