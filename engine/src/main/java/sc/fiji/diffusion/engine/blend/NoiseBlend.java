package sc.fiji.diffusion.engine.blend;

import sc.fiji.diffusion.engine.RequestException;

/**
 * Noise on the arc between that of two seeds: what an image begins with, and what schedulers add that go on adding
 * noise. At its ends it is that of the one seed alone, to the bit. Immutable and checked when made.
 *
 * @param from seed of the noise at 0, 0 or more
 * @param to seed of the noise at 1, 0 or more
 * @param position how far from the one to the other, 0 to 1
 */
public record NoiseBlend(long from, long to, double position) {

    public NoiseBlend {
        requireSeed(from);
        requireSeed(to);
        requirePosition("noise position", position);
    }

    /** The noise of one seed. */
    public static NoiseBlend of(long seed) {
        return new NoiseBlend(seed, seed, 0);
    }

    /** Whether it is the noise of {@link #from} alone. */
    public boolean isOnlyFrom() {
        return position == 0 || from == to;
    }

    static void requirePosition(String field, double position) {
        if (!(position >= 0 && position <= 1)) {
            throw new RequestException(field + ": expected 0 to 1, found " + position);
        }
    }

    private static void requireSeed(long seed) {
        if (seed < 0) {
            throw new RequestException("seed: expected 0 or more, found " + seed);
        }
    }
}
