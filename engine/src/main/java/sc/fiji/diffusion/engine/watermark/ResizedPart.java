package sc.fiji.diffusion.engine.watermark;

import java.util.List;
import java.util.stream.IntStream;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.Resampling;
import sc.fiji.diffusion.engine.image.Size;

/**
 * The middle of a picture, to be brought back to the size in which it may have been marked.
 *
 * @param part of the picture as it is
 * @param marked the part's size when it was marked
 */
record ResizedPart(Region part, Size marked) {

    private static final int SIDE = 256;
    private static final double SMALLEST_SCALE = 0.45;
    private static final double LARGEST_SCALE = 2.2;
    private static final double SCALE_STEP = 1.01;

    /** All that are worth a try, from the smallest scale to the largest. */
    static List<ResizedPart> of(Size picture) {
        int steps = (int) Math.ceil(Math.log(LARGEST_SCALE / SMALLEST_SCALE) / Math.log(SCALE_STEP));
        return IntStream.rangeClosed(0, steps)
                .mapToObj(step -> of(picture, SMALLEST_SCALE * Math.pow(SCALE_STEP, step)))
                .distinct()
                .toList();
    }

    private static ResizedPart of(Size picture, double scale) {
        int width = (int) Math.min(picture.width(), Math.round(SIDE * scale));
        int height = (int) Math.min(picture.height(), Math.round(SIDE * scale));
        Region part = new Region((picture.width() - width) / 2, (picture.height() - height) / 2, width, height);
        return new ResizedPart(part, new Size(scaledBack(width, scale), scaledBack(height, scale)));
    }

    private static int scaledBack(int length, double scale) {
        return (int) Math.max(1, Math.round(length / scale));
    }

    double scale() {
        return (double) part.width() / marked.width();
    }

    /**
     * Its contrast, in the size that it is brought back to.
     *
     * @param brightness of the whole picture
     */
    LocalContrast contrast(float[] brightness, int pictureWidth) {
        float[] cropped = new float[part.width() * part.height()];
        for (int y = 0; y < part.height(); y++) {
            int from = (part.y() + y) * pictureWidth + part.x();
            System.arraycopy(brightness, from, cropped, y * part.width(), part.width());
        }
        float[] back = Resampling.resized(cropped, new Size(part.width(), part.height()), marked);
        return LocalContrast.of(back, marked.width(), marked.height());
    }
}
