package sc.fiji.diffusion.preview;

import java.util.function.LongSupplier;
import sc.fiji.diffusion.engine.Progress.Stage;

/** Whether a job has gone on for long enough, and will, to be worth a window of its own. Not thread-safe. */
public final class OpeningTime {

    private static final double NANOS_PER_SECOND = 1e9;
    private static final double SECONDS = 1;

    private final LongSupplier nanoTime;
    private final long start;

    /** When denoising began, and how far it was then. */
    private long denoisingStart;

    private int firstDone = -1;

    /** Of the job that begins now. */
    public OpeningTime() {
        this(System::nanoTime);
    }

    OpeningTime(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    /** Whether it has taken a second and will take another one; asked at every report of progress. */
    public boolean hasCome(Stage stage, int done, int total) {
        long now = nanoTime.getAsLong();
        boolean begun = now - start >= SECONDS * NANOS_PER_SECOND;
        if (stage == Stage.DECODING) {
            return false;
        }
        if (stage != Stage.DENOISING) {
            return begun;
        }
        if (firstDone < 0) {
            firstDone = done;
            denoisingStart = now;
        }
        double left = (double) (now - denoisingStart) / Math.max(1, done - firstDone) * (total - done);
        return begun && done > firstDone && left >= SECONDS * NANOS_PER_SECOND;
    }
}
