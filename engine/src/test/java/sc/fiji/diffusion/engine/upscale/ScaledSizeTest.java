package sc.fiji.diffusion.engine.upscale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.Size;

class ScaledSizeTest {

    private static final OptionalInt NONE = OptionalInt.empty();

    @ParameterizedTest
    @CsvSource({"2, 200, 100", "1.5, 150, 75", "0.333, 33, 17", "0.001, 1, 1", "163.84, 16384, 8192"})
    void theScaleIsRoundedToWholePixels(double scale, int width, int height) {
        assertEquals(new Size(width, height), ScaledSize.of(new Size(100, 50), scale));
    }

    @Test
    void aMissingSideFollowsTheAspectRatio() {
        Size size = new Size(97, 31);
        assertEquals(new Size(200, 64), ScaledSize.of(size, OptionalInt.of(200), NONE));
        assertEquals(new Size(200, 64), ScaledSize.of(size, NONE, OptionalInt.of(64)));
        assertEquals(new Size(7, 900), ScaledSize.of(size, OptionalInt.of(7), OptionalInt.of(900)));
    }

    @Test
    void whatCanNotBeIsRefusedByName() {
        Size size = new Size(100, 50);
        assertRefused("scale: expected above 0, found 0.0", () -> ScaledSize.of(size, 0));
        assertRefused("scale: expected above 0, found NaN", () -> ScaledSize.of(size, Double.NaN));
        assertRefused(
                "scale: expected at most 16384 pixels along a side, found 200.0 times 100×50",
                () -> ScaledSize.of(size, 200));
        assertRefused("width: expected 1 to 16384, found 0", () -> ScaledSize.of(size, OptionalInt.of(0), NONE));
        assertRefused(
                "height: expected 1 to 16384, found 20000",
                () -> ScaledSize.of(size, OptionalInt.of(3), OptionalInt.of(20_000)));
        assertRefused("width, height: expected one of them, found none", () -> ScaledSize.of(size, NONE, NONE));
    }

    private static void assertRefused(String message, Runnable attempt) {
        assertEquals(message, assertThrows(RequestException.class, attempt::run).getMessage());
    }
}
