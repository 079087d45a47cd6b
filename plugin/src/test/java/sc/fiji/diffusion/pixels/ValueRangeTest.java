package sc.fiji.diffusion.pixels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.process.LUT;
import java.awt.Color;
import org.junit.jupiter.api.Test;

class ValueRangeTest {

    private static final ValueRange DISPLAY = new ValueRange.DisplayRange();
    private static final ValueRange MIN_MAX = new ValueRange.MinMax();

    private static Interval range(Object pixels, ValueRange range, double min, double max) {
        LUT lut = LUT.createLutFromColor(Color.WHITE);
        lut.min = min;
        lut.max = max;
        return Channel.of(PixelValues.of(pixels).orElseThrow(), lut, range).range();
    }

    @Test
    void theDisplayRangeIsTheImages() {
        assertEquals(new Interval(10, 300), range(new short[] {1, 2}, DISPLAY, 10, 300));
        assertEquals(new Interval(-0.5, 0.5), range(new float[] {1, 2}, DISPLAY, -0.5, 0.5));
    }

    @Test
    void aDisplayRangeThatCanNotBeUsedGivesWayToMinAndMax() {
        assertEquals(new Interval(1, 2), range(new short[] {1, 2}, DISPLAY, 7, 7));
        assertEquals(new Interval(1, 2), range(new float[] {1, 2}, DISPLAY, Double.NaN, Double.NaN));
        assertEquals(new Interval(1, 2), range(new float[] {1, 2}, DISPLAY, 0, Double.POSITIVE_INFINITY));
        assertEquals(new Interval(1, 2), range(new byte[] {1, 2}, DISPLAY, 256, 300));
    }

    @Test
    void minAndMaxAreThoseOfTheFiniteValues() {
        assertEquals(
                new Interval(-3, 8),
                range(
                        new float[] {Float.NaN, 8, Float.NEGATIVE_INFINITY, -3, 1, Float.POSITIVE_INFINITY},
                        MIN_MAX,
                        0,
                        1));
        assertEquals(new Interval(5, 200), range(new byte[] {5, (byte) 200, 100}, MIN_MAX, 0, 1));
    }

    @Test
    void aFlatSliceHasTheWholeRangeOfItsType() {
        assertEquals(new Interval(0, 255), range(new byte[] {5, 5}, MIN_MAX, 0, 0));
        assertEquals(new Interval(0, 65535), range(new short[] {5, 5}, MIN_MAX, 0, 0));
        assertEquals(new Interval(0, 1), range(new float[] {0.5f}, MIN_MAX, 0, 0));
        assertEquals(new Interval(0, 40), range(new float[] {40}, MIN_MAX, 0, 0));
        assertEquals(new Interval(-40, 1), range(new float[] {-40}, MIN_MAX, 0, 0));
        assertEquals(new Interval(0, 1), range(new float[] {Float.NaN}, DISPLAY, 0, 0));
    }

    @Test
    void valuesStayInARangeThatNoFloatEndsExactly() {
        float[] pixels = {0};
        LUT lut = LUT.createLutFromColor(Color.WHITE);
        ValueRange range = new ValueRange.Given(0.1, 0.7);
        Channel channel = Channel.of(new PixelValues.Floats(pixels), lut, range);
        channel.blend(0, 0.1, 1);
        assertTrue(pixels[0] >= 0.1, () -> "found " + pixels[0]);
        channel.blend(0, 1, 1);
        assertTrue(pixels[0] <= 0.7, () -> "found " + pixels[0]);
    }
}
