package sc.fiji.diffusion.engine.pipeline;

import java.util.function.LongSupplier;

/** Lets something be done as often as it takes no more than a share of the time. Not thread-safe. */
final class TimeShare {

    private final double share;
    private final LongSupplier nanoTime;
    private final long start;
    private long spent;
    private long last;

    /**
     * Begins now.
     *
     * @param share of the time since then
     * @param nanoTime a clock such as {@link System#nanoTime}
     */
    TimeShare(double share, LongSupplier nanoTime) {
        this.share = share;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /** Whether there is time for as much as it took the last time. */
    boolean allows() {
        return spent + last <= share * (nanoTime.getAsLong() - start);
    }

    /** Does it, and takes its time. */
    void spend(Runnable work) {
        long before = nanoTime.getAsLong();
        try {
            work.run();
        } finally {
            last = nanoTime.getAsLong() - before;
            spent += last;
        }
    }
}
