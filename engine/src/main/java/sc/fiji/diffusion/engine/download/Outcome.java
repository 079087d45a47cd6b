package sc.fiji.diffusion.engine.download;

import java.time.Duration;

/** How one attempt ended; those that need not be repeated end in an exception. */
sealed interface Outcome<T> {

    /** It is done. */
    record Done<T>(T value) implements Outcome<T> {}

    /**
     * Another attempt may do better.
     *
     * @param why this one did not, behind the word found
     * @param atLeast to wait, as the hub asks
     * @param further whether it got further than the one before
     */
    record Again<T>(String why, Duration atLeast, boolean further) implements Outcome<T> {

        static <T> Again<T> because(String why) {
            return new Again<>(why, Duration.ZERO, false);
        }
    }
}
