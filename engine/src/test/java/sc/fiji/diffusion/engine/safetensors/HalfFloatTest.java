package sc.fiji.diffusion.engine.safetensors;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.api.Test;

class HalfFloatTest {

    @Test
    void everyHalfFloatIsItself() {
        for (int bits = 0; bits < 1 << 16; bits++) {
            float value = FloatDecoder.ofFloat16((short) bits);
            short back = HalfFloat.of(value);
            if (Float.isNaN(value)) {
                assertTrue(Float.isNaN(FloatDecoder.ofFloat16(back)), "NaN with bits " + bits);
            } else {
                assertEquals((short) bits, back, "bits " + bits);
            }
        }
    }

    @Property(tries = 20_000)
    void noOtherHalfFloatIsNearer(@ForAll @FloatRange(min = -65504, max = 65504) float value) {
        short found = HalfFloat.of(value);
        double error = Math.abs((double) value - FloatDecoder.ofFloat16(found));
        for (int step : new int[] {-1, 1}) {
            float neighbour = FloatDecoder.ofFloat16((short) (found + step));
            // beside zero lies a number of the other sign, beside the largest infinity
            assertTrue(
                    Float.isNaN(neighbour) || error <= Math.abs((double) value - neighbour),
                    value + " became " + FloatDecoder.ofFloat16(found) + ", nearer is " + neighbour);
        }
    }

    @Test
    void halfWayBetweenTwoTheEvenOneIsTaken() {
        assertEquals(HalfFloat.of(1), HalfFloat.of(1 + 0x1p-11f));
        assertEquals(HalfFloat.of(1 + 0x1p-9f), HalfFloat.of(1 + 3 * 0x1p-11f));
        assertEquals((short) 0, HalfFloat.of(0x1p-25f));
        assertEquals((short) 2, HalfFloat.of(3 * 0x1p-25f));
    }

    @Test
    void whatIsTooLargeIsInfinite() {
        assertEquals(65504, FloatDecoder.ofFloat16(HalfFloat.of(65519)));
        assertEquals(Float.POSITIVE_INFINITY, FloatDecoder.ofFloat16(HalfFloat.of(65520)));
        assertEquals(Float.NEGATIVE_INFINITY, FloatDecoder.ofFloat16(HalfFloat.of(-1e9f)));
    }
}
