package sc.fiji.diffusion.stack;

import ij.ImagePlus;
import java.util.function.Supplier;
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
            throw locked(image);
        }
        if (image.getStack().isVirtual()) {
            throw new RequestException("image: expected slices in memory, as Image > Duplicate makes them, found the"
                    + " virtual stack " + image.getTitle());
        }
        return image;
    }

    /**
     * Does work with the image locked meanwhile.
     *
     * @throws RequestException if another command is working on the image
     */
    public static <T> T locked(ImagePlus image, Supplier<T> work) {
        if (!image.lockSilently()) {
            throw locked(image);
        }
        try {
            return work.get();
        } finally {
            image.unlock();
        }
    }

    private static RequestException locked(ImagePlus image) {
        return new RequestException(
                "image: expected " + image.getTitle() + " to be free, found it locked by another command");
    }
}
