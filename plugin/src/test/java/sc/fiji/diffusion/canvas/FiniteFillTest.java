package sc.fiji.diffusion.canvas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class FiniteFillTest {

    private static final float NAN = Float.NaN;

    @Test
    void finiteValuesStayAndGapsTakeTheMeanOfTheirNeighbours() {
        float[] values = {1, NAN, 3, 4, 5, Float.POSITIVE_INFINITY};
        float[] filled = FiniteFill.filled(values, 3);
        assertArrayEquals(new float[] {1, 3, 3, 4, 5, 4}, filled);
        assertTrue(Float.isNaN(values[1]), "the array itself stays");
    }

    @Test
    void wideGapsAreFilledFromTheirEdges() {
        float[] values = new float[11 * 7];
        Arrays.fill(values, NAN);
        values[0] = 2;
        values[76] = 6;
        for (float value : FiniteFill.filled(values, 11)) {
            assertTrue(value >= 2 && value <= 6, "value " + value);
        }
    }

    @Test
    void theEndOfARowIsNoNeighbourOfTheNextRowsBeginning() {
        float[] filled = FiniteFill.filled(new float[] {7, 7, NAN, 100, 100, 1}, 3);
        assertArrayEquals(new float[] {7, 7, 4, 100, 100, 1}, filled);
    }

    @Test
    void withoutAnyNumberAllIsZero() {
        assertArrayEquals(new float[4], FiniteFill.filled(new float[] {NAN, NAN, NAN, NAN}, 2));
    }
}
