package sc.fiji.diffusion.engine.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class TileLayoutTest {

    private static final int TILE = 64;
    private static final int FACTOR = 8;

    @Property(tries = 300)
    void tilesBeginAndEndWithThePictureAndOverlapByTheShare(
            @ForAll @IntRange(min = TILE, max = 1500) int length,
            @ForAll @DoubleRange(min = 0, max = 0.5) double overlap) {
        TileAxis axis =
                TileLayout.of(new Size(length, TILE), TILE, FACTOR, overlap).across();
        assertEquals(0, axis.starts().get(0));
        int end = axis.starts().get(axis.count() - 1) + TILE;
        assertTrue(end >= length && end < length + FACTOR, "end " + end);
        for (int i = 1; i < axis.count(); i++) {
            int step = axis.starts().get(i) - axis.starts().get(i - 1);
            assertEquals(0, axis.starts().get(i) % FACTOR, "start " + i);
            assertTrue(step > 0 && TILE - step >= overlap * TILE, "step " + step + " at " + i);
        }
    }

    @Property(tries = 300)
    void tilesAreEvenlyLaidAndNoMoreThanNeeded(
            @ForAll @IntRange(min = TILE, max = 1500) int length,
            @ForAll @DoubleRange(min = 0, max = 0.5) double overlap) {
        TileAxis axis =
                TileLayout.of(new Size(length, TILE), TILE, FACTOR, overlap).across();
        int shortest = Integer.MAX_VALUE;
        int longest = 0;
        for (int i = 1; i < axis.count(); i++) {
            int step = axis.starts().get(i) - axis.starts().get(i - 1);
            shortest = Math.min(shortest, step);
            longest = Math.max(longest, step);
        }
        assertTrue(axis.count() == 1 || longest - shortest <= FACTOR, "steps " + shortest + " to " + longest);
        // One tile fewer could not overlap so much.
        int canvas = axis.starts().get(axis.count() - 1) + TILE;
        int longestStep = (int) Math.floor((double) TILE / FACTOR * (1 - overlap)) * FACTOR;
        assertTrue(axis.count() == 1 || (axis.count() - 2) * longestStep + TILE < canvas, axis + " for " + length);
    }

    @Property(tries = 200)
    void theWeightsOfAllTilesAddUpToOneAndFadeAtInnerEdgesAlone(
            @ForAll @IntRange(min = TILE, max = 700) int length,
            @ForAll @DoubleRange(min = 0, max = 0.5) double overlap) {
        TileAxis axis =
                TileLayout.of(new Size(length, TILE), TILE, FACTOR, overlap).across();
        double[] sums = new double[axis.starts().get(axis.count() - 1) + TILE];
        for (int i = 0; i < axis.count(); i++) {
            double[] weights = axis.weights(i);
            for (int pixel = 0; pixel < TILE; pixel++) {
                assertTrue(weights[pixel] >= 0 && weights[pixel] <= 1, "tile " + i + ", pixel " + pixel);
                sums[axis.starts().get(i) + pixel] += weights[pixel];
            }
            if (i > 0 && overlap >= 0.25) {
                assertTrue(weights[0] < 0.01, "first weight of tile " + i + ": " + weights[0]);
            }
        }
        for (int x = 0; x < sums.length; x++) {
            assertEquals(1, sums[x], 1e-12, "x " + x);
        }
        assertEquals(1, axis.weights(0)[0]);
        assertEquals(1, axis.weights(axis.count() - 1)[TILE - 1]);
    }

    @Test
    void tilesAreListedRowByRow() {
        TileLayout layout = TileLayout.of(new Size(100, 81), TILE, FACTOR, 0.25);
        assertEquals(new Size(104, 88), layout.canvas());
        assertEquals(
                List.of(
                        new Region(0, 0, TILE, TILE),
                        new Region(40, 0, TILE, TILE),
                        new Region(0, 24, TILE, TILE),
                        new Region(40, 24, TILE, TILE)),
                layout.tiles());
    }

    @Test
    void aPictureOfATilesSizeIsOneTileThatCountsFully() {
        TileLayout layout = TileLayout.of(new Size(TILE, TILE), TILE, FACTOR, 0.5);
        assertEquals(List.of(new Region(0, 0, TILE, TILE)), layout.tiles());
        for (double weight : layout.columnWeights(0)) {
            assertEquals(1, weight);
        }
    }
}
