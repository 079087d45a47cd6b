package sc.fiji.diffusion.preview;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.engine.Progress.Stage;

/** When a window is worth it, by a clock that only moves when told. */
class OpeningTimeTest {

    private static final long SECOND = 1_000_000_000L;

    private long now;
    private final OpeningTime time = new OpeningTime(() -> now);

    @Test
    void aShortJobHasNone() {
        for (int step = 0; step <= 20; step++) {
            assertFalse(time.hasCome(Stage.DENOISING, step, 20), "step " + step);
            now += SECOND / 15;
        }
        assertFalse(time.hasCome(Stage.DECODING, 0, 1));
    }

    @Test
    void aLongOneHasItAfterASecond() {
        assertFalse(time.hasCome(Stage.DENOISING, 0, 100));
        now += SECOND / 2;
        assertFalse(time.hasCome(Stage.DENOISING, 1, 100));
        now += SECOND / 2;
        assertTrue(time.hasCome(Stage.DENOISING, 2, 100));
    }

    @Test
    void nearTheEndItDoesNotOpen() {
        time.hasCome(Stage.DENOISING, 0, 10);
        now += 9 * SECOND;
        assertTrue(time.hasCome(Stage.DENOISING, 8, 10));
        assertFalse(time.hasCome(Stage.DECODING, 0, 1));
        now += SECOND / 10;
        assertFalse(new OpeningTime(() -> now).hasCome(Stage.DENOISING, 9, 10));
    }

    @Test
    void loadingThatTakesLongCanBeCancelledToo() {
        assertFalse(time.hasCome(Stage.LOADING, 0, 3));
        now += 2 * SECOND;
        assertTrue(time.hasCome(Stage.LOADING, 1, 3));
    }
}
