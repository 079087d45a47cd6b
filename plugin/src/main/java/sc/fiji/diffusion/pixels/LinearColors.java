package sc.fiji.diffusion.pixels;

/**
 * A LUT that goes straight and evenly from one colour to another: grey, inverted grey, red, cyan and the like. The
 * inverse is the nearest point of that line; for greys it is the mean of red, green and blue, which is also what
 * ImageJ makes of colours unless weights are asked for.
 */
final class LinearColors implements LookupTable {

    private final double[] first = new double[3];
    private final double[] step = new double[3];

    /** 1 / length², or 0 if both ends are the same. */
    private final double perSquaredLength;

    /** @param colors red, green and blue of all entries, from 0 to 1 */
    LinearColors(float[] colors) {
        double squaredLength = 0;
        for (int sample = 0; sample < 3; sample++) {
            first[sample] = colors[sample];
            step[sample] = (double) colors[colors.length - 3 + sample] - colors[sample];
            squaredLength += step[sample] * step[sample];
        }
        perSquaredLength = squaredLength > 0 ? 1 / squaredLength : 0;
    }

    @Override
    public void color(double fraction, float[] rgb, int offset) {
        for (int sample = 0; sample < 3; sample++) {
            rgb[offset + sample] = (float) (first[sample] + fraction * step[sample]);
        }
    }

    @Override
    public double fraction(float[] rgb, int offset) {
        double along = 0;
        for (int sample = 0; sample < 3; sample++) {
            along += (rgb[offset + sample] - first[sample]) * step[sample];
        }
        return Math.min(1, Math.max(0, along * perSquaredLength));
    }
}
