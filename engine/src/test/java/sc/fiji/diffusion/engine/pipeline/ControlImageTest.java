package sc.fiji.diffusion.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.RgbImage;

class ControlImageTest {

    private static final RgbImage BLACK = new RgbImage(2, 2, new float[12]);

    @Property
    void itSteersAtTheStepsThatLieWhollyBetweenStartAndEnd(
            @ForAll @IntRange(min = 1, max = 60) int count,
            @ForAll @DoubleRange(min = 0, max = 1) double a,
            @ForAll @DoubleRange(min = 0, max = 1) double b) {
        ControlImage control = new ControlImage(BLACK, 0.7, Math.min(a, b), Math.max(a, b));
        for (int i = 0; i < count; i++) {
            // as diffusers writes it
            double keep = 1.0 - ((double) i / count < control.start() || (i + 1.0) / count > control.end() ? 1 : 0);
            assertEquals(0.7 * keep, control.weight(i, count), "step " + i + " of " + count);
        }
    }

    @Test
    void withoutLimitsItSteersAlways() {
        for (int i = 0; i < 7; i++) {
            assertEquals(1, ControlImage.of(BLACK).weight(i, 7), "step " + i);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "-0.1, 0, 1, control scale: expected 0 to 10.0",
        "11, 0, 1, control scale: expected 0 to 10.0",
        "NaN, 0, 1, control scale: expected 0 to 10.0",
        "1, -0.5, 1, control start: expected 0 to 1",
        "1, 0.5, 0.4, control end: expected 0.5 (its start) to 1",
        "1, 0, 1.5, control end: expected 0.0 (its start) to 1"
    })
    void whatCannotBeIsRefused(double scale, double start, double end, String sentence) {
        String message = assertThrows(RequestException.class, () -> new ControlImage(BLACK, scale, start, end))
                .getMessage();
        assertTrue(message.startsWith(sentence), message);
    }
}
