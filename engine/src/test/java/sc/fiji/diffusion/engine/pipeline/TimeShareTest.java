package sc.fiji.diffusion.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** The budget of previews, by a clock that only moves when told. */
class TimeShareTest {

    private long now = 1000;

    @Test
    void theSecondTimeIsAllowedWhenBothFitIntoTheShare() {
        TimeShare time = new TimeShare(0.05, () -> now);
        assertTrue(time.allows());
        time.spend(() -> now += 10);
        now += 389;
        assertFalse(time.allows(), "20 of 399");
        now += 1;
        assertTrue(time.allows(), "20 of 400");
    }

    /** As in a job: steps of any length, and previews of a length that changes little, but the first, which fits. */
    @Property
    void afterAnyStepsNoMoreThanTheShareIsSpent(
            @ForAll @IntRange(min = 1, max = 200) int steps, @ForAll @IntRange(min = 1, max = 50) int cost) {
        TimeShare time = new TimeShare(0.05, () -> now);
        long start = now;
        Random random = new Random(steps);
        long spent = 0;
        int previews = 0;
        now += 20L * cost;
        for (int step = 0; step < steps; step++) {
            now += random.nextInt(3000);
            if (time.allows()) {
                time.spend(() -> now += cost);
                spent += cost;
                previews++;
            }
        }
        assertTrue(spent <= 0.05 * (now - start), spent + " of " + (now - start) + " in " + previews);
        assertTrue(previews > 0);
    }

    @Test
    void whatFailsIsPaidForToo() {
        TimeShare time = new TimeShare(0.5, () -> now);
        assertThrows(
                IllegalStateException.class,
                () -> time.spend(() -> {
                    now += 100;
                    throw new IllegalStateException("no");
                }));
        assertFalse(time.allows());
    }
}
