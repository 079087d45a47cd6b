package sc.fiji.diffusion.stack;

import ij.ImagePlus;
import sc.fiji.diffusion.engine.RequestException;

/** Whether the pixels of an image can be changed for good. */
public final class WritableStack {

    private WritableStack() {}

    /**
     * @param image or null if none is open
     * @return the image
     * @throws RequestException if it is closed, locked by another command, or a virtual stack, which forgets changes
     */
    public static ImagePlus require(ImagePlus image) {
        // A closed image has no pixels any more.
        if (image == null || image.getProcessor() == null) {
            throw new RequestException("image: expected an open image, found none");
        }
        if (image.isLockedByAnotherThread()) {
            throw new RequestException(
                    "image: expected " + image.getTitle() + " to be free, found it locked by another command");
        }
        if (image.getStack().isVirtual()) {
            throw new RequestException("image: expected slices in memory, as Image > Duplicate makes them, found the"
                    + " virtual stack " + image.getTitle());
        }
        return image;
    }
}
