package sc.fiji.diffusion.engine.download;

import java.time.Duration;

/**
 * How patient a download is.
 *
 * @param attempts in a row without a byte more, before it is given up
 * @param firstWait after the first failure; each further one doubles it
 * @param longestWait between two attempts, whatever the hub asks for
 * @param silence without a byte, after which a connection is taken for dead
 * @param parallel files that are fetched at once
 */
record RetryPolicy(int attempts, Duration firstWait, Duration longestWait, Duration silence, int parallel) {

    /** Gives up after half a minute without a connection. */
    static final RetryPolicy USUAL =
            new RetryPolicy(6, Duration.ofSeconds(1), Duration.ofSeconds(120), Duration.ofSeconds(30), 3);

    RetryPolicy {
        if (attempts < 1 || parallel < 1 || silence.isNegative() || silence.isZero()) {
            throw new IllegalArgumentException("expected at least one attempt, file and moment");
        }
    }

    /** What to wait after so many failures in a row, 1 or more. */
    Duration pause(int failures) {
        Duration wait = firstWait.multipliedBy(1L << Math.min(failures - 1, 20));
        return wait.compareTo(longestWait) > 0 ? longestWait : wait;
    }
}
