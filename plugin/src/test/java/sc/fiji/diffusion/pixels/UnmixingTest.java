package sc.fiji.diffusion.pixels;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.process.LUT;
import java.awt.Color;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class UnmixingTest {

    private static final double[] ALL_OF_IT = {-1, -1, -1};
    private static final double[] UP_TO_ONE = {1, 1, 1};

    private static double[] changes(double[] change, double[] lowest, double[] highest, Color... colors) {
        Unmixing unmixing = new Unmixing(Arrays.stream(colors)
                .map(color -> LookupTable.of(LUT.createLutFromColor(color)))
                .toList());
        double[] changes = new double[colors.length];
        unmixing.shareOut(change, lowest, highest, changes);
        return changes;
    }

    @Test
    void noChangeIsSharedOutAsExactlyNone() {
        double[] none = changes(new double[3], ALL_OF_IT, UP_TO_ONE, Color.RED, Color.ORANGE, Color.WHITE);
        assertArrayEquals(new double[3], none);
    }

    @Test
    void primaryColoursTakeTheirOwn() {
        double[] change = {0.5, -0.25, 0.125};
        double[] changes = changes(change, ALL_OF_IT, UP_TO_ONE, Color.RED, Color.GREEN, Color.BLUE);
        assertArrayEquals(change, changes, 1e-4);
    }

    @Test
    void mixedColoursAreUnmixed() {
        // 0.3 of magenta less 0.2 of yellow
        double[] change = {0.1, -0.2, 0.3};
        double[] changes = changes(change, ALL_OF_IT, UP_TO_ONE, Color.MAGENTA, Color.YELLOW);
        assertArrayEquals(new double[] {0.3, -0.2}, changes, 1e-4);
    }

    @Test
    void channelsOfOneColourTakeEqualParts() {
        double[] changes = changes(new double[] {0, 0.6, 0}, ALL_OF_IT, UP_TO_ONE, Color.GREEN, Color.RED, Color.GREEN);
        assertArrayEquals(new double[] {0.3, 0, 0.3}, changes, 1e-4);
    }

    @Test
    void othersMakeUpForAChannelThatCanNotFollow() {
        double[] highest = {0.1, 1, 1};
        double[] changes = changes(new double[] {0, 0.6, 0}, ALL_OF_IT, highest, Color.GREEN, Color.RED, Color.GREEN);
        assertArrayEquals(new double[] {0.1, 0, 0.5}, changes, 1e-3);
    }

    @Test
    void aLutThatEndsInItsFirstColourTakesNothing() {
        double[] changes = changes(new double[] {0.5, 0, 0}, ALL_OF_IT, UP_TO_ONE, Color.BLACK, Color.RED);
        assertArrayEquals(new double[] {0, 0.5}, changes, 1e-4);
    }

    /** Against a fine grid of everything that two channels can do. */
    @Property(tries = 200)
    void noOtherChangeWithinTheLimitsIsMuchCloser(@ForAll Random random) {
        Color[] colors = {new Color(random.nextInt(1 << 24)), new Color(random.nextInt(1 << 24))};
        double[] change = new double[3];
        Arrays.setAll(change, sample -> random.nextDouble() * 2 - 1);
        double[] lowest = {-random.nextDouble(), -random.nextDouble()};
        double[] highest = {1 + lowest[0], 1 + lowest[1]};
        double[] changes = changes(change, lowest, highest, colors);
        double least = Double.POSITIVE_INFINITY;
        for (double first = lowest[0]; first <= highest[0]; first += 0.01) {
            for (double second = lowest[1]; second <= highest[1]; second += 0.01) {
                least = Math.min(least, squaredError(colors, change, first, second));
            }
        }
        for (int channel = 0; channel < 2; channel++) {
            assertTrue(changes[channel] >= lowest[channel] && changes[channel] <= highest[channel], "limits");
        }
        double found = squaredError(colors, change, changes[0], changes[1]);
        assertTrue(found <= least + 2e-3, () -> Arrays.toString(colors) + ": found " + found);
    }

    private static double squaredError(Color[] colors, double[] change, double first, double second) {
        float[] one = colors[0].getRGBColorComponents(null);
        float[] other = colors[1].getRGBColorComponents(null);
        double sum = 0;
        for (int sample = 0; sample < 3; sample++) {
            double error = change[sample] - first * one[sample] - second * other[sample];
            sum += error * error;
        }
        return sum;
    }
}
