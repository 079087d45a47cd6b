package sc.fiji.diffusion.stack;

import ij.ImagePlus;
import sc.fiji.diffusion.engine.RequestException;

/**
 * What an image was when work on it was ordered: the work may have to wait, and the image may be another one by then.
 *
 * @param width in pixels
 * @param height in pixels
 * @param bitDepth of a pixel
 * @param slices in all
 */
public record ImageState(int width, int height, int bitDepth, int slices) {

    public static ImageState of(ImagePlus image) {
        return new ImageState(image.getWidth(), image.getHeight(), image.getBitDepth(), image.getStackSize());
    }

    /**
     * @throws RequestException if the image was closed meanwhile, or its size or type was changed
     */
    public void require(ImagePlus image) {
        // A closed image has no pixels any more.
        if (image.getProcessor() == null) {
            throw changed(image, "it closed");
        }
        if (!equals(of(image))) {
            throw changed(image, of(image).text());
        }
    }

    private RequestException changed(ImagePlus image, String found) {
        return new RequestException("image: expected " + image.getTitle() + " open with " + text()
                + ", as when the job was started, found " + found + "; nothing was changed, run the command again");
    }

    private String text() {
        return width + " x " + height + " pixels of " + bitDepth + " bits"
                + (slices == 1 ? "" : " in " + slices + " slices");
    }
}
