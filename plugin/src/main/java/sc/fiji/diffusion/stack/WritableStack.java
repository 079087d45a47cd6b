package sc.fiji.diffusion.stack;

import ij.ImagePlus;
import java.util.function.Supplier;
import sc.fiji.diffusion.engine.RequestException;

/** Whether the pixels of an image can be changed for good. */
public final class WritableStack {

    private WritableStack() {}

    /**
     * As {@link #requireInMemory}, for work that begins at once.
     *
     * @throws RequestException if another command is working on it, too
     */
    public static ImagePlus require(ImagePlus image) {
        requireInMemory(image);
        if (image.isLockedByAnotherThread()) {
            throw locked(image);
        }
        return image;
    }

    /**
     * @param image or null if none is open
     * @return the image
     * @throws RequestException if it is closed, or a virtual stack, which forgets changes
     */
    public static ImagePlus requireInMemory(ImagePlus image) {
        OpenImage.require(image);
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
        return new RequestException("image: expected " + image.getTitle()
                + " to be free, found it locked by another command; wait until that is done");
    }
}
