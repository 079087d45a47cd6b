package sc.fiji.diffusion.engine.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MaskShapeTest {

    @Test
    void onePixelGrowsToADisc() {
        Mask grown = MaskShape.grown(Mask.of(new Region(5, 4, 1, 1), 11, 9), 3);
        Pictures.assertValues(11, 9, (x, y) -> Math.pow(x - 5, 2) + Math.pow(y - 4, 2) <= 9 ? 1 : 0, grown, 0);
    }

    @Property(tries = 300)
    void eachPixelTakesTheLargestValueInItsDisc(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 24) int width,
            @ForAll @IntRange(min = 1, max = 24) int height,
            @ForAll @IntRange(min = 0, max = 60) int halves) {
        double radius = halves / 2.0;
        Mask mask = Pictures.softMask(width, height, seed);
        Pictures.assertValues(
                width, height, (x, y) -> largestInDisc(mask, x, y, radius), MaskShape.grown(mask, radius), 0);
    }

    @Property(tries = 100)
    void sparseHardMasksGrowByTheirDistance(@ForAll long seed, @ForAll @IntRange(min = 2, max = 15) int radius) {
        Mask mask = Pictures.hardMask(40, 30, 0.01, seed);
        Pictures.assertValues(40, 30, (x, y) -> largestInDisc(mask, x, y, radius), MaskShape.grown(mask, radius), 0);
    }

    @Test
    void aSoftValueKeepsItsValueAsItGrows() {
        Mask mask = Pictures.mask(30, 30, (x, y) -> x == 10 && y == 10 ? 0.3 : x == 20 && y == 10 ? 0.7 : 0);
        Mask grown = MaskShape.grown(mask, 6);
        assertEquals(0.3f, grown.at(4, 10));
        assertEquals(0.3f, grown.at(10, 16));
        assertEquals(0.7f, grown.at(14, 10), "where both reach, the larger one counts");
        assertEquals(0.7f, grown.at(26, 10));
        assertEquals(0, grown.at(27, 10));
    }

    @Test
    void aLargeMaskGrowsFarAndExactly() {
        Mask grown = MaskShape.grown(
                Pictures.mask(2000, 2000, (x, y) -> x == 900 && y == 1100 ? 1 : x % 500 == 0 ? 0.5 : 0), 100);
        assertEquals(1, grown.at(1000, 1100));
        assertEquals(1, grown.at(980, 1160), "60² + 80² = 100²");
        assertEquals(0.5f, grown.at(981, 1160));
        assertEquals(0.5f, grown.at(600, 1));
        assertEquals(0, grown.at(601, 1));
        assertEquals(0, grown.at(1899, 1999));
    }

    @Test
    void aRadiusBeyondTheImageFillsIt() {
        Mask corner = Mask.of(new Region(0, 0, 1, 1), 7, 3);
        assertEquals(Mask.everything(7, 3), MaskShape.grown(corner, 1e9));
    }

    @Test
    void nothingStaysNothingAndASmallRadiusChangesNothing() {
        Mask empty = new Mask(5, 5, new float[25]);
        assertEquals(empty, MaskShape.grown(empty, 3));
        assertEquals(empty, MaskShape.feathered(empty, 4));
        Mask mask = Pictures.softMask(5, 5, 1);
        assertSame(mask, MaskShape.grown(mask, 0.9));
        assertSame(mask, MaskShape.feathered(mask, 1.9));
    }

    @Test
    void aFeatheredEdgeIsARampWithTheEdgeInItsMiddle() {
        Mask edge = Pictures.mask(60, 3, (x, y) -> x < 30 ? 0 : 1);
        Mask feathered = MaskShape.feathered(edge, 20);
        assertEquals(0, feathered.at(19, 1), "ten pixels away");
        assertTrue(feathered.at(20, 1) > 0);
        assertTrue(feathered.at(39, 1) < 1);
        assertEquals(1, feathered.at(40, 1));
        for (int x = 0; x < 30; x++) {
            assertEquals(1, feathered.at(x, 1) + feathered.at(59 - x, 1), 1e-6, "symmetry at x " + x);
            assertTrue(feathered.at(x + 1, 1) >= feathered.at(x, 1), "falls at x " + x);
        }
        // The integral of a Gaussian with a deviation of 20 / 6 pixels, three pixels' middles to the right of the edge.
        assertEquals(0.7734, feathered.at(32, 1), 0.003);
    }

    @Property(tries = 200)
    void whatIsUniformWithinHalfTheWidthIsKept(@ForAll long seed, @ForAll @IntRange(min = 2, max = 12) int pixels) {
        Mask mask = MaskShape.grown(Pictures.hardMask(40, 40, 0.004, seed), 6);
        Mask feathered = MaskShape.feathered(mask, pixels);
        int reach = pixels / 2;
        for (int y = 0; y < 40; y++) {
            for (int x = 0; x < 40; x++) {
                boolean one = true;
                boolean zero = true;
                for (int j = Math.max(0, y - reach); j <= Math.min(39, y + reach); j++) {
                    for (int i = Math.max(0, x - reach); i <= Math.min(39, x + reach); i++) {
                        one &= mask.at(i, j) == 1;
                        zero &= mask.at(i, j) == 0;
                    }
                }
                float found = feathered.at(x, y);
                assertEquals(one, found == 1, "1 at x " + x + ", y " + y + ": " + found);
                assertEquals(zero, found == 0, "0 at x " + x + ", y " + y + ": " + found);
            }
        }
    }

    @Property(tries = 200)
    void noMaskedPixelIsMissedInTheLatents(
            @ForAll @IntRange(min = 0, max = 47) int x, @ForAll @IntRange(min = 0, max = 31) int y) {
        float[] latent = MaskShape.latentMaximum(Mask.of(new Region(x, y, 1, 1), 48, 32), 8);
        float[] expected = new float[4 * 6];
        expected[y / 8 * 6 + x / 8] = 1;
        assertArrayEquals(expected, latent);
    }

    @Test
    void aLatentHasTheLargestValueOfItsCell() {
        Mask mask = new Mask(4, 2, new float[] {0.1f, 0.2f, 0, 0, 0.4f, 0.3f, 0, 0.9f});
        assertArrayEquals(new float[] {0.4f, 0.9f}, MaskShape.latentMaximum(mask, 2));
    }

    @Test
    void wrongArgumentsAreRefused() {
        Mask mask = Mask.everything(12, 8);
        assertEquals(
                "mask: expected sides that are multiples of 8, found 12×8",
                assertThrows(IllegalArgumentException.class, () -> MaskShape.latentMaximum(mask, 8))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> MaskShape.grown(mask, -1));
        assertThrows(IllegalArgumentException.class, () -> MaskShape.feathered(mask, Double.NaN));
    }

    private static float largestInDisc(Mask mask, int x, int y, double radius) {
        float largest = 0;
        for (int j = 0; j < mask.height(); j++) {
            for (int i = 0; i < mask.width(); i++) {
                if ((i - x) * (i - x) + (j - y) * (j - y) <= radius * radius) {
                    largest = Math.max(largest, mask.at(i, j));
                }
            }
        }
        return largest;
    }
}
