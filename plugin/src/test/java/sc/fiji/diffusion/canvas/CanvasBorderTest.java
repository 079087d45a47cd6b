package sc.fiji.diffusion.canvas;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.Size;

class CanvasBorderTest {

    @Test
    void theMaskIsOneOnTheBorderAlone() {
        CanvasBorder border = new CanvasBorder(2, 3, 1, 0);
        assertEquals(new Size(15, 8), border.size(10, 7));
        assertEquals(new Region(2, 1, 10, 7), border.old(10, 7));
        Mask mask = border.mask(10, 7);
        for (int y = 0; y < 8; y++) {
            for (int x = 0; x < 15; x++) {
                boolean old = x >= 2 && x < 12 && y >= 1;
                assertEquals(old ? 0f : 1f, mask.at(x, y), "x " + x + ", y " + y);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"-1, 0, 0, 3, left", "0, -2, 0, 3, right", "3, 0, -1, 0, top", "3, 0, 0, -9, bottom"})
    void aSideDoesNotShrink(int left, int right, int top, int bottom, String side) {
        RequestException e = assertThrows(RequestException.class, () -> new CanvasBorder(left, right, top, bottom));
        assertEquals(
                side + ": expected 0 or more pixels, found " + Math.min(Math.min(left, right), Math.min(top, bottom)),
                e.getMessage());
    }

    @Test
    void aSideHasToGrow() {
        RequestException e = assertThrows(RequestException.class, () -> new CanvasBorder(0, 0, 0, 0));
        assertEquals("left, right, top, bottom: expected one above 0 pixels, found none", e.getMessage());
    }

    @Test
    void noSideGetsLongerThanTheEngineAllows() {
        assertEquals(new Size(16384, 5), new CanvasBorder(16379, 0, 0, 0).size(5, 5));
        RequestException e =
                assertThrows(RequestException.class, () -> new CanvasBorder(Integer.MAX_VALUE, 1, 0, 0).size(5, 5));
        assertEquals("canvas: expected at most 16384 pixels on a side, found 2147483653x5", e.getMessage());
    }
}
