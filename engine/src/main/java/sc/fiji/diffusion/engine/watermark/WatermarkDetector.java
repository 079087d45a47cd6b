package sc.fiji.diffusion.engine.watermark;

import java.util.ArrayList;
import java.util.List;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.image.Size;

/**
 * Looks for the mark: in the picture as it is, turned by right angles and mirrored; then in its parts, where less than
 * all of it may have been generated; then in its middle at other sizes, as it may have been resized to 0.45 to 2.2 times.
 * It is found whatever part of the picture is left.
 */
public final class WatermarkDetector {

    /** So that a flat area, where there is nothing but rounding, does not count as much as the mark. */
    private static final float FLAT = 0.3f;

    private static final int PART = 256;
    private static final int MOST_PARTS_ALONG_A_SIDE = 20;

    /** The next sizes may fit better than the first that is good enough. */
    private static final int STEPS_BEYOND = 4;

    /** Below this there are too few pixels for a score. */
    private static final int SHORTEST_SIDE = 24;

    private final float[] brightness;
    private final Size size;
    private final List<Region> parts;
    private final List<ResizedPart> resized;

    private double best;
    private double scaleOfBest = 1;

    private WatermarkDetector(RgbImage image) {
        this.brightness = LocalContrast.brightness(image);
        this.size = new Size(image.width(), image.height());
        this.parts = parts(size);
        this.resized = ResizedPart.of(size);
    }

    /** Looks for it on the calling thread: milliseconds where it is there at once, seconds where it is not. */
    public static WatermarkDetection detect(RgbImage image) {
        return new WatermarkDetector(image).detect();
    }

    private WatermarkDetection detect() {
        LocalContrast contrast = LocalContrast.of(brightness, size.width(), size.height());
        TileSpectrum whole = folded(contrast, size.width(), new Region(0, 0, size.width(), size.height()));
        for (int eighth = 0; eighth < TileSpectrum.ORIENTATIONS && !detection().found(); eighth++) {
            note(WatermarkPattern.VERSION_1.agreement(whole.turned(eighth)), 1);
        }
        for (int i = 0; i < parts.size() && !detection().found(); i++) {
            TileSpectrum part = folded(contrast, size.width(), parts.get(i));
            note(WatermarkPattern.VERSION_1.agreement(part), 1);
        }
        int afterFound = detection().found() ? STEPS_BEYOND : 0;
        for (int i = 0; i < resized.size() && afterFound < STEPS_BEYOND; i++) {
            afterFound += detection().found() ? 1 : 0;
            note(atSize(resized.get(i)), resized.get(i).scale());
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
        long tiles = (long) TileSpectrum.ORIENTATIONS + parts.size() + resized.size();
        return new WatermarkDetection(best, tiles * TileSpectrum.COUNT, scaleOfBest);
    }

    private double atSize(ResizedPart part) {
        Size marked = part.marked();
        Region all = new Region(0, 0, marked.width(), marked.height());
        TileSpectrum tile = folded(part.contrast(brightness, size.width()), marked.width(), all);
        return WatermarkPattern.VERSION_1.agreement(tile);
    }

    /** What lies at the same place of all tiles, added up; zeros where there are too few pixels. */
    private static TileSpectrum folded(LocalContrast contrast, int width, Region region) {
        TileSpectrum folded = new TileSpectrum();
        if (Math.min(region.width(), region.height()) < SHORTEST_SIDE) {
            return folded;
        }
        for (int y = region.y(); y < region.y() + region.height(); y++) {
            for (int x = region.x(); x < region.x() + region.width(); x++) {
                int i = y * width + x;
                folded.re()[TileSpectrum.index(x, y)] += contrast.residual()[i] / (contrast.deviation()[i] + FLAT);
            }
        }
        return folded;
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
}
