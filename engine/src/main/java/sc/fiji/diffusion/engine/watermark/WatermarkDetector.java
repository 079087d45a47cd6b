package sc.fiji.diffusion.engine.watermark;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.Resampling;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.image.Size;

/**
 * Looks for the mark: in the picture as it is, then in its parts, where less than all of it may have been generated, then
 * in its middle at other sizes, as it may have been resized to 0.45 to 2.2 times. It is found whatever part of the
 * picture is left, but not after it was turned or mirrored.
 */
public final class WatermarkDetector {

    /** So that a flat area, where there is nothing but rounding, does not count as much as the mark. */
    private static final float FLAT = 0.3f;

    private static final int PART = 256;
    private static final int MOST_PARTS_ALONG_A_SIDE = 20;
    private static final double SMALLEST_SCALE = 0.45;
    private static final double LARGEST_SCALE = 2.2;
    private static final double SCALE_STEP = 1.01;

    /** The next sizes may fit better than the first that is good enough. */
    private static final int STEPS_BEYOND = 4;

    /** Below this there are too few pixels for a score. */
    private static final int SHORTEST_SIDE = 24;

    private final float[] brightness;
    private final Size size;
    private final List<Region> parts;
    private final List<Resized> resized;

    private double best;
    private double scaleOfBest = 1;

    private WatermarkDetector(RgbImage image) {
        this.brightness = LocalContrast.brightness(image);
        this.size = new Size(image.width(), image.height());
        this.parts = parts(size);
        this.resized = resized(size);
    }

    /** Looks for it on the calling thread: milliseconds where it is there at once, seconds where it is not. */
    public static WatermarkDetection detect(RgbImage image) {
        return new WatermarkDetector(image).detect();
    }

    private WatermarkDetection detect() {
        Region whole = new Region(0, 0, size.width(), size.height());
        LocalContrast contrast = LocalContrast.of(brightness, size.width(), size.height());
        note(score(contrast, size.width(), whole), 1);
        for (int i = 0; i < parts.size() && !detection().found(); i++) {
            note(score(contrast, size.width(), parts.get(i)), 1);
        }
        int afterFound = detection().found() ? STEPS_BEYOND : 0;
        for (int i = 0; i < resized.size() && afterFound < STEPS_BEYOND; i++) {
            afterFound += detection().found() ? 1 : 0;
            note(resized.get(i).score(brightness, size), resized.get(i).scale());
        }
        return detection();
    }

    private void note(double score, double scale) {
        if (score > best) {
            best = score;
            scaleOfBest = scale;
        }
    }

    /** All that may be tried counts, even where it was found before. */
    private WatermarkDetection detection() {
        long tiles = 1L + parts.size() + resized.size();
        return new WatermarkDetection(best, tiles * TileSpectrum.COUNT, scaleOfBest);
    }

    private static double score(LocalContrast contrast, int width, Region region) {
        if (Math.min(region.width(), region.height()) < SHORTEST_SIDE) {
            return 0;
        }
        TileSpectrum folded = new TileSpectrum();
        for (int y = region.y(); y < region.y() + region.height(); y++) {
            for (int x = region.x(); x < region.x() + region.width(); x++) {
                int i = y * width + x;
                folded.re()[TileSpectrum.index(x, y)] += contrast.residual()[i] / (contrast.deviation()[i] + FLAT);
            }
        }
        return WatermarkPattern.VERSION_1.agreement(folded);
    }

    /** Overlapping by a half; further apart in very large pictures. */
    private static List<Region> parts(Size size) {
        List<Region> parts = new ArrayList<>();
        if (Math.max(size.width(), size.height()) <= PART) {
            return parts;
        }
        for (int y : starts(size.height())) {
            for (int x : starts(size.width())) {
                parts.add(new Region(x, y, Math.min(PART, size.width()), Math.min(PART, size.height())));
            }
        }
        return parts;
    }

    private static int[] starts(int length) {
        int last = Math.max(0, length - PART);
        int steps = Math.min(MOST_PARTS_ALONG_A_SIDE - 1, (last + PART / 2 - 1) / (PART / 2));
        int[] starts = new int[steps + 1];
        for (int i = 1; i <= steps; i++) {
            starts[i] = (int) ((long) last * i / steps);
        }
        return starts;
    }

    private static List<Resized> resized(Size size) {
        int steps = (int) Math.ceil(Math.log(LARGEST_SCALE / SMALLEST_SCALE) / Math.log(SCALE_STEP));
        return IntStream.rangeClosed(0, steps)
                .mapToObj(step -> Resized.of(size, SMALLEST_SCALE * Math.pow(SCALE_STEP, step)))
                .distinct()
                .toList();
    }

    /**
     * The middle of a picture, brought back to the size in which it may have been marked.
     *
     * @param part of the picture as it is
     * @param marked the part's size when it was marked
     */
    private record Resized(Region part, Size marked) {

        static Resized of(Size size, double scale) {
            int width = (int) Math.min(size.width(), Math.round(PART * scale));
            int height = (int) Math.min(size.height(), Math.round(PART * scale));
            Region part = new Region((size.width() - width) / 2, (size.height() - height) / 2, width, height);
            return new Resized(part, new Size(scaledBack(width, scale), scaledBack(height, scale)));
        }

        private static int scaledBack(int length, double scale) {
            return (int) Math.max(1, Math.round(length / scale));
        }

        double scale() {
            return (double) part.width() / marked.width();
        }

        double score(float[] brightness, Size size) {
            float[] cropped = new float[part.width() * part.height()];
            for (int y = 0; y < part.height(); y++) {
                int from = (part.y() + y) * size.width() + part.x();
                System.arraycopy(brightness, from, cropped, y * part.width(), part.width());
            }
            float[] back = Resampling.resized(cropped, new Size(part.width(), part.height()), marked);
            LocalContrast contrast = LocalContrast.of(back, marked.width(), marked.height());
            return WatermarkDetector.score(contrast, marked.width(), new Region(0, 0, marked.width(), marked.height()));
        }
    }
}
