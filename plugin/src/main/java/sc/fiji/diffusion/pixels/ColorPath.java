package sc.fiji.diffusion.pixels;

/** A LUT of any colours: a path of straight segments through the RGB cube. The inverse is its nearest point. */
final class ColorPath implements LookupTable {

    private static final int SEGMENTS = SIZE - 1;

    private final float[] colors;
    private final ColorSegments segments;

    /** @param colors red, green and blue of all entries, from 0 to 1 */
    ColorPath(float[] colors) {
        this.colors = colors;
        float[] starts = new float[3 * SEGMENTS];
        float[] ends = new float[3 * SEGMENTS];
        System.arraycopy(colors, 0, starts, 0, starts.length);
        System.arraycopy(colors, 3, ends, 0, ends.length);
        segments = new ColorSegments(starts, ends);
    }

    @Override
    public void color(double fraction, float[] rgb, int offset) {
        double position = fraction * SEGMENTS;
        int entry = Math.min(SEGMENTS - 1, (int) position);
        double along = position - entry;
        for (int sample = 0; sample < 3; sample++) {
            double start = colors[3 * entry + sample];
            double end = colors[3 * entry + 3 + sample];
            rgb[offset + sample] = (float) (start + along * (end - start));
        }
    }

    @Override
    public double fraction(float[] rgb, int offset) {
        int segment = segments.nearest(rgb, offset);
        return (segment + segments.along(segment, rgb[offset], rgb[offset + 1], rgb[offset + 2])) / SEGMENTS;
    }
}
