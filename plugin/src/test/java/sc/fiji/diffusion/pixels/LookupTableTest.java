package sc.fiji.diffusion.pixels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.plugin.LutLoader;
import ij.process.LUT;
import java.awt.Color;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LookupTableTest {

    private static final int STEPS = 20_000;

    @Test
    void onlyLutsWithoutRoundingAreTakenForStraight() {
        LUT grey = LUT.createLutFromColor(Color.WHITE);
        assertInstanceOf(LinearColors.class, LookupTable.of(grey));
        assertInstanceOf(LinearColors.class, LookupTable.of(grey.createInvertedLut()));
        assertInstanceOf(LinearColors.class, LookupTable.of(LUT.createLutFromColor(Color.MAGENTA)));
        assertInstanceOf(ColorPath.class, LookupTable.of(LUT.createLutFromColor(Color.ORANGE)));
        assertInstanceOf(ColorPath.class, LookupTable.of(LutLoader.getLut("fire")));
    }

    @Property(tries = 50)
    void aStraightLutIsThePathOfItsEntries(@ForAll Random random) {
        float[] colors = LookupTable.colorsOf(LUT.createLutFromColor(Color.YELLOW));
        LookupTable line = new LinearColors(colors);
        LookupTable path = new ColorPath(colors);
        float[] rgb = {random.nextFloat(), random.nextFloat(), random.nextFloat()};
        assertEquals(path.fraction(rgb, 0), line.fraction(rgb, 0), 1e-6, () -> Arrays.toString(rgb));
    }

    @Test
    void coloursBetweenEntriesAreInterpolated() {
        float[] rgb = new float[4];
        LookupTable.of(LUT.createLutFromColor(Color.CYAN)).color(100.25 / 255, rgb, 1);
        assertEquals(0, rgb[1]);
        assertEquals(100.25 / 255, rgb[2], 1e-7);
        assertEquals(100.25 / 255, rgb[3], 1e-7);
    }

    /** Far finer than the half of a LUT's step, which is 0.002. */
    @ParameterizedTest
    @ValueSource(strings = {"grays", "red", "green", "blue", "cyan", "magenta", "yellow"})
    void aLutWithoutARepeatedColourGivesTheValueBack(String name) {
        LookupTable table = LookupTable.of(LutLoader.getLut(name));
        assertTrue(worstReturn(table, true) < 1e-6, () -> "off by " + worstReturn(table, true));
    }

    /** These have runs of equal colours; where they haven't, the value comes back. */
    @ParameterizedTest
    @ValueSource(strings = {"fire", "ice", "spectrum"})
    void anyOtherLutGivesAValueOfTheSameColourBack(String name) {
        assertTrue(worstReturn(LookupTable.of(LutLoader.getLut(name)), false) < 1e-5);
    }

    @Property(tries = 50)
    void aLutOfUnrelatedColoursGivesTheValueBack(@ForAll Random random) {
        LookupTable table = LookupTable.of(new RandomImages(random).lut(4));
        assertTrue(worstReturn(table, false) < 1e-5);
    }

    /** How far fractions, or else colours, are off after going to the colour and back. */
    private static double worstReturn(LookupTable table, boolean fractions) {
        double worst = 0;
        float[] rgb = new float[3];
        float[] again = new float[3];
        for (int step = 0; step <= STEPS; step++) {
            double fraction = (double) step / STEPS;
            table.color(fraction, rgb, 0);
            double returned = table.fraction(rgb, 0);
            table.color(returned, again, 0);
            worst = fractions ? Math.max(worst, Math.abs(returned - fraction)) : worst;
            for (int sample = 0; sample < 3 && !fractions; sample++) {
                worst = Math.max(worst, Math.abs(rgb[sample] - again[sample]));
            }
        }
        return worst;
    }

    /** Against trying all of them. */
    @Property(tries = 100)
    void theNearestSegmentIsTheNearestOfAll(@ForAll Random random, @ForAll @IntRange(min = 1, max = 256) int count) {
        float[] starts = new float[3 * count];
        float[] ends = new float[3 * count];
        for (int i = 0; i < starts.length; i++) {
            int segment = i / 3;
            starts[i] = random.nextFloat();
            // A third are points.
            ends[i] = segment % 3 == 0 ? starts[i] : Math.min(1, starts[i] + random.nextFloat() / 5);
        }
        ColorSegments segments = new ColorSegments(starts, ends);
        for (int attempt = 0; attempt < 300; attempt++) {
            float[] rgb = {random.nextInt(5) / 4f, random.nextFloat(), random.nextFloat()};
            double least = Double.POSITIVE_INFINITY;
            for (int segment = 0; segment < count; segment++) {
                for (int part = 0; part <= 20; part++) {
                    double distance = 0;
                    for (int sample = 0; sample < 3; sample++) {
                        double start = starts[3 * segment + sample];
                        double point = start + part / 20.0 * (ends[3 * segment + sample] - start);
                        distance += (rgb[sample] - point) * (rgb[sample] - point);
                    }
                    least = Math.min(least, distance);
                }
            }
            double found = segments.squaredDistance(segments.nearest(rgb, 0), rgb[0], rgb[1], rgb[2]);
            assertTrue(found <= least + 1e-12, "found " + found + ", there is " + least);
        }
    }
}
