package sc.fiji.diffusion.engine.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ResamplingTest {

    @Property(tries = 200)
    void aConstantImageStaysConstant(
            @ForAll @IntRange(min = 1, max = 40) int width,
            @ForAll @IntRange(min = 1, max = 40) int height,
            @ForAll @IntRange(min = 1, max = 60) int newWidth,
            @ForAll @IntRange(min = 1, max = 60) int newHeight,
            @ForAll @FloatRange(min = 0, max = 1) float value) {
        Pictures.assertSamples(
                newWidth,
                newHeight,
                (x, y, channel) -> value,
                Resampling.resized(Pictures.constant(width, height, value), newWidth, newHeight),
                1e-6);
        Pictures.assertValues(
                newWidth,
                newHeight,
                (x, y) -> value,
                Resampling.resized(Pictures.mask(width, height, (x, y) -> value), newWidth, newHeight),
                1e-6);
    }

    @Property(tries = 100)
    void noiseStaysInItsRange(
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 30) int newWidth,
            @ForAll @IntRange(min = 1, max = 30) int newHeight) {
        RgbImage resized = Resampling.resized(Pictures.noise(13, 9, seed), newWidth, newHeight);
        for (int i = 0; i < resized.samples().length; i++) {
            assertTrue(resized.samples()[i] >= 0 && resized.samples()[i] <= 1, "sample " + i);
        }
    }

    @Property(tries = 50)
    void theSameSizeGivesTheSameValues(@ForAll long seed) {
        RgbImage image = Pictures.noise(17, 5, seed);
        assertEquals(image, Resampling.resized(image, 17, 5));
        Mask mask = Pictures.softMask(17, 5, seed);
        assertEquals(mask, Resampling.resized(mask, 17, 5));
    }

    @Property(tries = 50)
    void aSideThatKeepsItsSizeKeepsItsValues(@ForAll long seed) {
        RgbImage image = Pictures.noise(17, 1, seed);
        RgbImage higher = Resampling.resized(image, 17, 4);
        Pictures.assertSamples(17, 4, (x, y, channel) -> image.at(x, 0, channel), higher, 1e-6);
    }

    @Test
    void aLargerImageFollowsASmoothOne() {
        RgbImage larger = Resampling.resized(Pictures.image(40, 30, wave(1)), 100, 75);
        RgbImage expected = Pictures.image(100, 75, wave(0.4));
        Region inner = new Region(10, 10, 80, 55); // at the border the clamped wave is another one
        Pictures.assertSame(expected.crop(inner), larger.crop(inner), 0.006);
    }

    @Test
    void aSmallerImageFollowsASmoothOne() {
        RgbImage smaller = Resampling.resized(Pictures.image(100, 75, wave(0.4)), 40, 30);
        RgbImage expected = Pictures.image(40, 30, wave(1));
        Region inner = new Region(4, 4, 32, 22);
        Pictures.assertSame(expected.crop(inner), smaller.crop(inner), 0.006);
    }

    @Test
    void aFineGridBecomesGreyInsteadOfAliasing() {
        RgbImage grid = Pictures.image(210, 210, (x, y, channel) -> (x + y) % 2);
        RgbImage smaller = Resampling.resized(grid, 70, 70); // picking every third pixel would show the grid again
        Region inner = new Region(3, 3, 64, 64);
        Pictures.assertSamples(64, 64, (x, y, channel) -> 0.5, smaller.crop(inner), 0.01);
    }

    @Test
    void moreThanEightBitsSurvive() {
        RgbImage faint = Pictures.image(64, 64, (x, y, channel) -> 0.5 + x * 1e-5);
        RgbImage smaller = Resampling.resized(faint, 32, 32).crop(new Region(4, 4, 24, 24));
        Pictures.assertSamples(24, 24, (x, y, channel) -> 0.5 + (2 * (x + 4) + 0.5) * 1e-5, smaller, 2e-7);
    }

    @Test
    void channelsAndAxesAreNotMixedUp() {
        RgbImage image =
                Pictures.image(8, 4, (x, y, channel) -> channel == 0 ? x / 7.0 : channel == 1 ? y / 3.0 : 0.25);
        RgbImage larger = Resampling.resized(image, 16, 8);
        for (int y = 0; y < 8; y++) {
            for (int x = 0; x < 16; x++) {
                assertEquals(larger.at(x, 0, 0), larger.at(x, y, 0), 1e-6, "red along y at x " + x + ", y " + y);
                assertEquals(larger.at(0, y, 1), larger.at(x, y, 1), 1e-6, "green along x at x " + x + ", y " + y);
                assertEquals(0.25, larger.at(x, y, 2), 1e-6, "blue at x " + x + ", y " + y);
            }
        }
        assertTrue(larger.at(12, 0, 0) > larger.at(3, 0, 0) + 0.5, "red rises with x");
        assertTrue(larger.at(0, 6, 1) > larger.at(0, 1, 1) + 0.5, "green rises with y");
    }

    @Property(tries = 100)
    void aMasksEdgeDoesNotRing(@ForAll @IntRange(min = 6, max = 90) int newWidth) {
        Mask edge = Pictures.mask(30, 2, (x, y) -> x < 15 ? 0 : 1);
        Mask resized = Resampling.resized(edge, newWidth, 2);
        for (int x = 1; x < newWidth; x++) {
            assertTrue(resized.at(x, 0) >= resized.at(x - 1, 0), "falls at x " + x);
        }
        assertEquals(0, resized.at(0, 0));
        assertEquals(1, resized.at(newWidth - 1, 0));
    }

    private static Pictures.Samples wave(double step) {
        // In the continuous coordinates in which pixel i covers i to i + 1.
        return (x, y, channel) -> 0.5 + 0.4 * Math.sin((x + 0.5) * step / 4 + channel) * Math.cos((y + 0.5) * step / 5);
    }
}
