package sc.fiji.diffusion.job;

import java.util.concurrent.ThreadLocalRandom;

/** Where the seed comes from when the user leaves it to chance. */
public final class Seeds {

    /** Stands for a random seed. */
    public static final long RANDOM = -1;

    /** Short enough to be typed again; larger numbers a macro writes with four decimals and an exponent. */
    private static final long BOUND = 1L << 31;

    private Seeds() {}

    /** The seed itself, or for {@link #RANDOM} one drawn now, from 0 to 2³¹ - 1. */
    public static long resolve(long seed) {
        return seed == RANDOM ? ThreadLocalRandom.current().nextLong(BOUND) : seed;
    }
}
