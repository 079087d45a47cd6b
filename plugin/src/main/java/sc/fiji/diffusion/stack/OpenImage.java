package sc.fiji.diffusion.stack;

import ij.ImagePlus;
import sc.fiji.diffusion.engine.RequestException;

/** Whether there is an image to work on. */
public final class OpenImage {

    private OpenImage() {}

    /**
     * @param image or null if none is open
     * @return the image
     * @throws RequestException if there is none, or it is closed
     */
    public static ImagePlus require(ImagePlus image) {
        // A closed image has no pixels any more.
        if (image == null || image.getProcessor() == null) {
            throw new RequestException(
                    "image: expected an open image, found none; open one with File > Open, or make one"
                            + " with Plugins > Diffusion > Text to Image");
        }
        return image;
    }
}
