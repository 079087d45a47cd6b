package sc.fiji.diffusion.hint;

import ij.process.AutoThresholder;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.RgbImage;

/**
 * Drawn lines, white on black, whether they were drawn dark on bright or bright on dark: a threshold (Otsu 1979) parts
 * the picture in two, and lines are the smaller part.
 */
final class Lines {

    private static final int LEVELS = 256;

    private Lines() {}

    static RgbImage of(GreyPicture picture) {
        int[] histogram = new int[LEVELS];
        for (float value : picture.values()) {
            histogram[level(value)]++;
        }
        int threshold = new AutoThresholder().getThreshold(AutoThresholder.Method.Otsu, histogram);
        boolean[] bright = new boolean[picture.values().length];
        int count = 0;
        for (int i = 0; i < bright.length; i++) {
            bright[i] = level(picture.values()[i]) > threshold;
            count += bright[i] ? 1 : 0;
        }
        if (count == 0 || count == bright.length) {
            throw new RequestException("hint: expected lines on a background, found one colour all over");
        }
        boolean linesAreBright = 2 * count <= bright.length;
        for (int i = 0; i < bright.length; i++) {
            bright[i] = bright[i] == linesAreBright;
        }
        return GreyPicture.white(bright, picture.width());
    }

    private static int level(float value) {
        return Math.round(value * (LEVELS - 1));
    }
}
