package sc.fiji.diffusion.engine.inpaint;

import java.util.Random;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.MaskShape;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.RgbImage;

/**
 * How much a picture changes across a contour: the mean of the absolute differences, over red, green and blue, between
 * neighbours in rows and columns of which one lies inside a mask and the other outside.
 */
final class BorderGradient {

    private static final int MOST_ATTEMPTS = 10_000;

    private BorderGradient() {}

    /** From 0 to 1; NaN if the mask has no contour in the picture. */
    static double across(Mask mask, RgbImage image) {
        return across(mask, image, 0, 0);
    }

    /** The same, that many pixels inside the mask; NaN where nothing of the mask is left. */
    static double inside(Mask mask, RgbImage image, int depth) {
        return across(
                depth == 0 ? mask : MaskShape.grown(mask.inverted(), depth).inverted(), image);
    }

    /**
     * The mean over places elsewhere in the picture, where the moved mask has no pixel in common with the mask and its
     * neighbours, and does not touch the picture's border.
     */
    static double elsewhere(Mask mask, RgbImage image, int places, Random random) {
        Region bounds = mask.bounds().orElseThrow();
        Mask taken = MaskShape.grown(mask, 2);
        double sum = 0;
        int found = 0;
        for (int attempt = 0; attempt < MOST_ATTEMPTS && found < places; attempt++) {
            int dx = 1 + random.nextInt(image.width() - bounds.width() - 1) - bounds.x();
            int dy = 1 + random.nextInt(image.height() - bounds.height() - 1) - bounds.y();
            if (isApart(mask, taken, bounds, dx, dy)) {
                sum += across(mask, image, dx, dy);
                found++;
            }
        }
        if (found < places) {
            throw new IllegalStateException("places: expected " + places + ", found " + found);
        }
        return sum / found;
    }

    private static boolean isApart(Mask mask, Mask taken, Region bounds, int dx, int dy) {
        for (int y = bounds.y(); y < bounds.y() + bounds.height(); y++) {
            for (int x = bounds.x(); x < bounds.x() + bounds.width(); x++) {
                if (mask.at(x, y) > 0 && taken.at(x + dx, y + dy) > 0) {
                    return false;
                }
            }
        }
        return true;
    }

    private static double across(Mask mask, RgbImage image, int dx, int dy) {
        double sum = 0;
        int pairs = 0;
        for (int y = 0; y < mask.height(); y++) {
            for (int x = 0; x < mask.width(); x++) {
                boolean in = mask.at(x, y) > 0;
                if (x + 1 < mask.width() && in != mask.at(x + 1, y) > 0) {
                    sum += difference(image, x + dx, y + dy, x + dx + 1, y + dy);
                    pairs++;
                }
                if (y + 1 < mask.height() && in != mask.at(x, y + 1) > 0) {
                    sum += difference(image, x + dx, y + dy, x + dx, y + dy + 1);
                    pairs++;
                }
            }
        }
        return sum / pairs;
    }

    private static double difference(RgbImage image, int x, int y, int otherX, int otherY) {
        double sum = 0;
        for (int channel = 0; channel < 3; channel++) {
            sum += Math.abs(image.at(x, y, channel) - image.at(otherX, otherY, channel));
        }
        return sum / 3;
    }
}
