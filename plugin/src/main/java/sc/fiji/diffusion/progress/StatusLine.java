package sc.fiji.diffusion.progress;

import java.util.OptionalLong;
import java.util.function.LongSupplier;
import sc.fiji.diffusion.engine.Progress.Stage;

/** What to say of a job's progress, such as {@code Denoising: 12 of 25, 8 s left}. Not thread-safe. */
public final class StatusLine {

    private static final int SECONDS_PER_MINUTE = 60;

    private final TimeLeft timeLeft;

    public StatusLine() {
        this(System::nanoTime);
    }

    StatusLine(LongSupplier nanoTime) {
        this.timeLeft = new TimeLeft(nanoTime);
    }

    /** The line for a report of {@link sc.fiji.diffusion.engine.Progress#report}. */
    public String of(Stage stage, int done, int total) {
        OptionalLong seconds = timeLeft.seconds(stage, done, total);
        if (total <= 1) {
            return stage.label();
        }
        String line = stage.label() + ": " + done + " of " + total;
        return seconds.isPresent() && done < total ? line + ", " + duration(seconds.getAsLong()) + " left" : line;
    }

    private static String duration(long seconds) {
        return seconds < SECONDS_PER_MINUTE
                ? seconds + " s"
                : seconds / SECONDS_PER_MINUTE + " min " + seconds % SECONDS_PER_MINUTE + " s";
    }
}
