package sc.fiji.diffusion.selection;

import ij.ImagePlus;
import ij.ImageStack;
import ij.WindowManager;
import ij.process.ImageProcessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.Mask;

/** An open image that says what may change in another one. Its pixel values count, whatever its lookup table shows. */
final class OpenMaskImage {

    private static final float WHITE = 255;

    private final ImagePlus maskImage;

    private OpenMaskImage(ImagePlus maskImage) {
        this.maskImage = maskImage;
    }

    static OpenMaskImage find(String title, ImagePlus image) {
        return of(WindowManager.getImage(title), title, image);
    }

    /** @param maskImage or null if none has the title */
    static OpenMaskImage of(ImagePlus maskImage, String title, ImagePlus image) {
        String expected = "mask: expected an open 8-bit image of " + image.getWidth() + "x" + image.getHeight()
                + " pixels, found ";
        if (maskImage == null || maskImage.getProcessor() == null) {
            throw new RequestException(expected + "none called " + title);
        }
        if (maskImage == image) {
            throw new RequestException(expected + title + ", which is the image itself");
        }
        if (maskImage.getType() != ImagePlus.GRAY8) {
            String type =
                    maskImage.getType() == ImagePlus.COLOR_256 ? "colours" : maskImage.getBitDepth() + "-bit pixels";
            throw new RequestException(expected + type + " in " + title);
        }
        if (maskImage.getWidth() != image.getWidth() || maskImage.getHeight() != image.getHeight()) {
            throw new RequestException(expected + maskImage.getWidth() + "x" + maskImage.getHeight() + " in " + title);
        }
        int slices = maskImage.getStackSize();
        if (slices != 1 && slices != image.getStackSize()) {
            String counts = image.getStackSize() == 1 ? "1 slice" : "1 or " + image.getStackSize() + " slices";
            throw new RequestException("mask: expected " + counts + ", found " + slices + " in " + title);
        }
        return new OpenMaskImage(maskImage);
    }

    List<PlacedMask> masks() {
        ImageStack stack = maskImage.getStack();
        List<PlacedMask> masks = new ArrayList<>();
        for (int index = 1; index <= stack.size(); index++) {
            MaskPosition position = stack.size() == 1 ? MaskPosition.ANYWHERE : MaskPosition.slice(index);
            mask(stack.getProcessor(index))
                    .ifPresent(mask -> masks.add(new PlacedMask(mask, position, maskImage.getTitle())));
        }
        if (masks.isEmpty()) {
            throw new RequestException("mask: expected pixels above 0, found only black in " + maskImage.getTitle());
        }
        return List.copyOf(masks);
    }

    /** Empty if it is black all over. */
    private static Optional<Mask> mask(ImageProcessor slice) {
        float[] values = new float[slice.getPixelCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = slice.get(i) / WHITE;
        }
        Mask mask = new Mask(slice.getWidth(), slice.getHeight(), values);
        return mask.bounds().map(bounds -> mask);
    }
}
