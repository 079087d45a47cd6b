package sc.fiji.diffusion.progress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.engine.Progress.Stage;

class StatusLineTest {

    private final AtomicLong nanos = new AtomicLong();
    private final StatusLine line = new StatusLine(nanos::get);

    private String after(double seconds, Stage stage, int done, int total) {
        nanos.addAndGet((long) (seconds * 1e9));
        return line.of(stage, done, total);
    }

    @Test
    void tellsStepsAndTimeLeft() {
        assertEquals("Loading model", after(3, Stage.LOADING, 0, 1));
        assertEquals("Denoising: 0 of 25", after(0, Stage.DENOISING, 0, 25));
        assertEquals("Denoising: 1 of 25, 24 s left", after(1, Stage.DENOISING, 1, 25));
        assertEquals("Denoising: 5 of 25, 10 s left", after(1.5, Stage.DENOISING, 5, 25));
        assertEquals("Denoising: 25 of 25", after(10, Stage.DENOISING, 25, 25));
    }

    @Test
    void tellsLongTimesInMinutes() {
        after(0, Stage.DENOISING, 0, 26);
        assertEquals("Denoising: 1 of 26, 2 min 5 s left", after(5, Stage.DENOISING, 1, 26));
    }

    @Test
    void startsToCountAnewWithAnotherStage() {
        after(0, Stage.DENOISING, 0, 2);
        after(60, Stage.DENOISING, 2, 2);
        assertEquals("Decoding image: 0 of 4", after(60, Stage.DECODING, 0, 4));
        assertEquals("Decoding image: 1 of 4, 3 s left", after(1, Stage.DECODING, 1, 4));
    }

    @Test
    void theBarOnlyGoesForward() {
        double last = 0;
        for (Stage stage : Stage.values()) {
            for (int done = 0; done <= 10; done++) {
                double progress = OverallProgress.of(stage, done, 10);
                assertTrue(progress > last - 1e-9 && progress < 1 + 1e-9, stage + " " + done);
                last = progress;
            }
        }
    }
}
