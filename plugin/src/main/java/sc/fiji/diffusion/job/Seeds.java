package sc.fiji.diffusion.job;

import java.util.concurrent.ThreadLocalRandom;

/** Where the seed comes from when the user leaves it to chance. */
public final class Seeds {

    /** Stands for a random seed. */
    public static final long RANDOM = -1;

    /** Short enough to be typed again, and to be a number in a macro. */
    private static final long BOUND = 1L << 32;

    private Seeds() {}

    /** The seed itself, or for {@link #RANDOM} one drawn now, from 0 to 2³² - 1. */
    public static long resolve(long seed) {
        return seed == RANDOM ? ThreadLocalRandom.current().nextLong(BOUND) : seed;
    }
}
