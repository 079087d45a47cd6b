package sc.fiji.diffusion.pixels;

import java.awt.image.IndexColorModel;
import java.util.Arrays;

/**
 * Indices of a palette (ImageJ's 8-bit colour). Colours are blended, not indices; then the nearest entry of the
 * palette is taken, and of several the one that the pixel has already.
 */
final class IndexedColorView extends ModelView {

    private final byte[] pixels;
    private final float[] colors;
    private final ColorSegments palette;
    private final int entries;
    private final float[] blended = new float[3];

    IndexedColorView(int width, int height, byte[] pixels, IndexColorModel palette) {
        super(width, height);
        this.pixels = pixels;
        colors = LookupTable.colorsOf(palette);
        entries = palette.getMapSize();
        float[] points = Arrays.copyOf(colors, 3 * entries);
        this.palette = new ColorSegments(points, points);
    }

    @Override
    void see(int pixel, float[] samples, int offset) {
        System.arraycopy(colors, 3 * index(pixel), samples, offset, 3);
    }

    @Override
    void blend(int pixel, float[] rgb, float share) {
        int old = index(pixel);
        boolean unchanged = true;
        for (int sample = 0; sample < 3; sample++) {
            float before = colors[3 * old + sample];
            blended[sample] = before + share * (rgb[sample] - before);
            unchanged &= rgb[sample] == before;
        }
        if (!unchanged) {
            int nearest = palette.nearest(blended, 0);
            pixels[pixel] = (byte) (old < entries && distance(old) <= distance(nearest) ? old : nearest);
        }
    }

    private double distance(int entry) {
        return palette.squaredDistance(entry, blended[0], blended[1], blended[2]);
    }

    private int index(int pixel) {
        return pixels[pixel] & 0xff;
    }
}
