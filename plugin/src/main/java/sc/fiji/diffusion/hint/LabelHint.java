package sc.fiji.diffusion.hint;

import ij.ImagePlus;
import ij.process.ImageProcessor;
import java.awt.Color;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.RgbImage;

/** Each label number in a colour of its own; 0, and what is no number, is black. */
final class LabelHint {

    private static final float WHITE = 255;

    private LabelHint() {}

    /** @throws RequestException if the image holds no numbers */
    static void require(ImagePlus image) {
        if (image.getType() == ImagePlus.COLOR_RGB) {
            throw new RequestException(
                    "hint: expected label numbers, as an 8-, 16- or 32-bit image holds, found the RGB" + " image "
                            + image.getTitle());
        }
    }

    /** @param stackIndex of the slice */
    static RgbImage of(ImagePlus image, int stackIndex) {
        require(image);
        ImageProcessor labels = image.getStack().getProcessor(stackIndex);
        float[] samples = new float[3 * labels.getPixelCount()];
        for (int i = 0; i < labels.getPixelCount(); i++) {
            long number = Math.round((double) labels.getf(i));
            if (number != 0) {
                Color color = LabelColors.of(number);
                samples[3 * i] = color.getRed() / WHITE;
                samples[3 * i + 1] = color.getGreen() / WHITE;
                samples[3 * i + 2] = color.getBlue() / WHITE;
            }
        }
        return new RgbImage(labels.getWidth(), labels.getHeight(), samples);
    }
}
