package sc.fiji.diffusion.progress;

import java.util.OptionalLong;
import java.util.function.LongSupplier;
import sc.fiji.diffusion.engine.Progress.Stage;

/** Guesses how long a stage will take yet, from what its units took so far. Not thread-safe. */
final class TimeLeft {

    private static final double NANOS_PER_SECOND = 1e9;

    private final LongSupplier nanoTime;
    private Stage stage;
    private int firstDone;
    private int lastDone;
    private long firstTime;

    /** @param nanoTime a clock such as {@link System#nanoTime} */
    TimeLeft(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Seconds until all units are done, rounded up; empty until the first unit of a stage is done. */
    OptionalLong seconds(Stage newStage, int done, int total) {
        long now = nanoTime.getAsLong();
        if (newStage != stage || done < lastDone) {
            stage = newStage;
            firstDone = done;
            firstTime = now;
        }
        lastDone = done;
        if (done == firstDone) {
            return OptionalLong.empty();
        }
        double secondsPerUnit = (now - firstTime) / NANOS_PER_SECOND / (done - firstDone);
        return OptionalLong.of((long) Math.ceil(secondsPerUnit * (total - done)));
    }
}
