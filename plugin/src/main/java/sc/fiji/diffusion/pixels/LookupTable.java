package sc.fiji.diffusion.pixels;

import java.awt.image.IndexColorModel;

/** A LUT without steps: colours in between its entries are interpolated; and its inverse. */
sealed interface LookupTable permits LinearColors, ColorPath {

    /** Entries of a LUT; where ImageJ's has fewer, the rest is black. */
    int SIZE = 256;

    static LookupTable of(IndexColorModel lut) {
        float[] colors = colorsOf(lut);
        return isLinear(lut) ? new LinearColors(colors) : new ColorPath(colors);
    }

    /**
     * Writes red, green and blue, each from 0 to 1, at {@code offset}.
     *
     * @param fraction from 0, the first entry, to 1, the last
     */
    void color(double fraction, float[] rgb, int offset);

    /** Where the table comes nearest to the colour that is written at {@code offset}, from 0 to 1. */
    double fraction(float[] rgb, int offset);

    /** Red, green and blue of all {@link #SIZE} entries, one entry after the other, from 0 to 1. */
    static float[] colorsOf(IndexColorModel lut) {
        float[] colors = new float[3 * SIZE];
        for (int entry = 0; entry < lut.getMapSize(); entry++) {
            colors[3 * entry] = lut.getRed(entry) / 255f;
            colors[3 * entry + 1] = lut.getGreen(entry) / 255f;
            colors[3 * entry + 2] = lut.getBlue(entry) / 255f;
        }
        return colors;
    }

    /** Whether all entries lie evenly on a line, without any rounding. */
    private static boolean isLinear(IndexColorModel lut) {
        boolean linear = lut.getMapSize() == SIZE;
        for (int entry = 0; linear && entry < SIZE; entry++) {
            linear = isBetween(lut.getRed(0), lut.getRed(entry), lut.getRed(SIZE - 1), entry)
                    && isBetween(lut.getGreen(0), lut.getGreen(entry), lut.getGreen(SIZE - 1), entry)
                    && isBetween(lut.getBlue(0), lut.getBlue(entry), lut.getBlue(SIZE - 1), entry);
        }
        return linear;
    }

    private static boolean isBetween(int first, int value, int last, int entry) {
        return value * (SIZE - 1) == first * (SIZE - 1) + (last - first) * entry;
    }
}
