package sc.fiji.diffusion.engine.image;

import java.util.Arrays;
import java.util.Locale;
import sc.fiji.diffusion.engine.RequestException;

/** What lies under the mask when denoising starts. Where the mask is 0 every image stays as it is, to the bit. */
public enum MaskFill {
    /** What was there: changes build on it. */
    ORIGINAL {
        @Override
        float[] filling(RgbImage image, Mask mask) {
            return image.samples();
        }
    },

    /** What was there, blurred by a Gaussian 65 pixels wide: colours and rough shapes remain, details go. */
    BLUR {
        @Override
        float[] filling(RgbImage image, Mask mask) {
            return Gaussian.softened(image.samples(), image.width(), image.height(), 3, BLUR_WIDTH);
        }
    },

    /**
     * A smooth continuation of what surrounds the mask: what was under it is forgotten. A partly masked pixel counts as
     * far as it is unmasked; where everything is masked the filling is mean grey.
     */
    SURROUNDINGS {
        @Override
        float[] filling(RgbImage image, Mask mask) {
            return SurroundingsFill.filling(image, mask);
        }
    },

    /** Mean grey, 0.5 in every channel, whatever the image: it is the 0 of the model's range of -1 to 1. */
    NEUTRAL {
        @Override
        float[] filling(RgbImage image, Mask mask) {
            float[] grey = new float[image.samples().length];
            Arrays.fill(grey, 0.5f);
            return grey;
        }
    };

    private static final double BLUR_WIDTH = 65;

    /**
     * By its name in lower case, as users type it.
     *
     * @throws RequestException if there is none
     */
    public static MaskFill named(String name) {
        for (MaskFill known : values()) {
            if (known.name().toLowerCase(Locale.ROOT).equals(name)) {
                return known;
            }
        }
        throw new RequestException("fill: expected original, blur, surroundings or neutral, found " + name);
    }

    /** The image with this filling blended in under the mask, which has the image's size. */
    public RgbImage applied(RgbImage image, Mask mask) {
        mask.requireSizeOf(image);
        return Blend.over(image, new RgbImage(image.width(), image.height(), filling(image, mask)), mask);
    }

    /** Samples for the whole image, of which those under the mask are used. */
    abstract float[] filling(RgbImage image, Mask mask);
}
