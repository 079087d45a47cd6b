package sc.fiji.diffusion.engine.watermark;

/**
 * A tile of {@value #SIZE}×{@value #SIZE} complex numbers, and its Fourier transform in place (Cooley and Tukey 1965,
 * radix 2). Written here as no library of the project has one, and a tile of one size needs a page.
 *
 * @param re real parts, row by row
 * @param im imaginary parts
 */
@SuppressWarnings("ArrayRecordComponent") // worked on in place
record TileSpectrum(double[] re, double[] im) {

    /** Along a side: the smallest picture that the embedded model makes. */
    static final int SIZE = 128;

    static final int COUNT = SIZE * SIZE;

    private static final int BITS = Integer.numberOfTrailingZeros(SIZE);
    private static final double[] COSINES = new double[SIZE];
    private static final double[] SINES = new double[SIZE];

    static {
        for (int i = 0; i < SIZE; i++) {
            // The same to the bit on every machine, as the mark should be.
            COSINES[i] = StrictMath.cos(2 * Math.PI * i / SIZE);
            SINES[i] = StrictMath.sin(2 * Math.PI * i / SIZE);
        }
    }

    /** Zeros. */
    TileSpectrum() {
        this(new double[COUNT], new double[COUNT]);
    }

    /** Where a frequency lies, or a pixel, each side counted modulo {@link #SIZE}. */
    static int index(int x, int y) {
        return Math.floorMod(y, SIZE) * SIZE + Math.floorMod(x, SIZE);
    }

    /** In how many ways a tile can be laid: turned by right angles, and mirrored. */
    static final int ORIENTATIONS = 8;

    /**
     * A copy of a tile of real pixels in another orientation.
     *
     * @param eighth 0 for the same; its bits mirror from left to right, from top to bottom, and along the diagonal
     */
    TileSpectrum turned(int eighth) {
        TileSpectrum turned = new TileSpectrum();
        for (int i = 0; i < COUNT; i++) {
            int x = (eighth & 1) == 0 ? i % SIZE : SIZE - 1 - i % SIZE;
            int y = (eighth & 2) == 0 ? i / SIZE : SIZE - 1 - i / SIZE;
            turned.re()[(eighth & 4) == 0 ? index(x, y) : index(y, x)] = re[i];
        }
        return turned;
    }

    /** From pixels to frequencies: {@code Σ value · exp(-2πi (ux + vy) / SIZE)}. */
    void transform() {
        transform(-1);
    }

    /** From frequencies to pixels, without dividing by {@link #COUNT}. */
    void transformBack() {
        transform(1);
    }

    private void transform(int sign) {
        double[] lineRe = new double[SIZE];
        double[] lineIm = new double[SIZE];
        for (int line = 0; line < SIZE; line++) {
            transformLine(line * SIZE, 1, sign, lineRe, lineIm);
        }
        for (int line = 0; line < SIZE; line++) {
            transformLine(line, SIZE, sign, lineRe, lineIm);
        }
    }

    private void transformLine(int start, int stride, int sign, double[] lineRe, double[] lineIm) {
        for (int i = 0; i < SIZE; i++) {
            int reversed = Integer.reverse(i) >>> (Integer.SIZE - BITS);
            lineRe[reversed] = re[start + i * stride];
            lineIm[reversed] = im[start + i * stride];
        }
        for (int half = 1; half < SIZE; half *= 2) {
            butterflies(half, sign, lineRe, lineIm);
        }
        for (int i = 0; i < SIZE; i++) {
            re[start + i * stride] = lineRe[i];
            im[start + i * stride] = lineIm[i];
        }
    }

    private static void butterflies(int half, int sign, double[] re, double[] im) {
        for (int start = 0; start < SIZE; start += 2 * half) {
            for (int k = 0; k < half; k++) {
                int turn = k * (SIZE / (2 * half));
                int low = start + k;
                int high = low + half;
                double turnedRe = re[high] * COSINES[turn] - im[high] * sign * SINES[turn];
                double turnedIm = re[high] * sign * SINES[turn] + im[high] * COSINES[turn];
                re[high] = re[low] - turnedRe;
                im[high] = im[low] - turnedIm;
                re[low] += turnedRe;
                im[low] += turnedIm;
            }
        }
    }
}
