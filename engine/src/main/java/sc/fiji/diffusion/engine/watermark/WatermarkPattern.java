package sc.fiji.diffusion.engine.watermark;

import java.util.Random;

/**
 * The noise that is the mark: one tile, whose frequencies within a ring all have the same magnitude and a random phase.
 * The phases come from {@link Random}, whose numbers Java's specification fixes, so that the noise is the same
 * everywhere and for ever; another pattern would be another {@link Watermark#VERSION}.
 */
final class WatermarkPattern {

    static final WatermarkPattern VERSION_1 = new WatermarkPattern(1);

    /** In cycles a tile. Below it pictures are strongest, and people look there. */
    private static final int LOWEST = 10;

    /** A wave of just under four pixels: JPEG keeps it, and so does a picture of half the size. */
    private static final int HIGHEST = 34;

    /** Unit complex numbers in the ring, zeros elsewhere. */
    private final TileSpectrum phases = new TileSpectrum();

    private final boolean[] inRing = new boolean[TileSpectrum.COUNT];
    private final double[] tile;
    private int pairs;

    private WatermarkPattern(long key) {
        Random random = new Random(key);
        for (int v = 0; v <= HIGHEST; v++) {
            // A real picture's frequencies come in pairs, each the other's mirror: half of them are free.
            for (int u = v == 0 ? 1 : -HIGHEST; u <= HIGHEST; u++) {
                double phase = 2 * Math.PI * random.nextDouble();
                int square = u * u + v * v;
                if (square >= LOWEST * LOWEST && square <= HIGHEST * HIGHEST) {
                    set(TileSpectrum.index(u, v), StrictMath.cos(phase), StrictMath.sin(phase));
                    set(TileSpectrum.index(-u, -v), StrictMath.cos(phase), -StrictMath.sin(phase));
                    pairs++;
                }
            }
        }
        tile = noise();
    }

    private void set(int index, double re, double im) {
        phases.re()[index] = re;
        phases.im()[index] = im;
        inRing[index] = true;
    }

    /** With a standard deviation of 1. */
    private double[] noise() {
        TileSpectrum noise = new TileSpectrum(phases.re().clone(), phases.im().clone());
        noise.transformBack();
        double deviation = Math.sqrt(2.0 * pairs);
        double[] values = noise.re();
        for (int i = 0; i < values.length; i++) {
            values[i] /= deviation;
        }
        return values;
    }

    /** The noise at a pixel of a picture, over which the tile is repeated. */
    double at(int x, int y) {
        return tile[TileSpectrum.index(x, y)];
    }

    /**
     * How well a tile agrees with the noise: with the angle between each pair of frequencies and the noise's, the sum of
     * their cosines over its standard deviation where the angles are random, for the shift at which it is largest.
     *
     * @param folded pixels; changed
     */
    double agreement(TileSpectrum folded) {
        folded.transform();
        for (int i = 0; i < TileSpectrum.COUNT; i++) {
            double re = folded.re()[i];
            double im = folded.im()[i];
            double magnitude = Math.sqrt(re * re + im * im);
            boolean counts = inRing[i] && magnitude > 0;
            folded.re()[i] = counts ? (re * phases.re()[i] + im * phases.im()[i]) / magnitude : 0;
            folded.im()[i] = counts ? (im * phases.re()[i] - re * phases.im()[i]) / magnitude : 0;
        }
        folded.transformBack();
        double largest = 0;
        for (double value : folded.re()) {
            largest = Math.max(largest, value);
        }
        // Both of a pair are in the sum; a random cosine has a variance of one half.
        return largest / 2 / Math.sqrt(pairs / 2.0);
    }
}
