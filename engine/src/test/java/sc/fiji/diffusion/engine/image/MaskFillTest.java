package sc.fiji.diffusion.engine.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class MaskFillTest {

    private static final Region HOLE = new Region(20, 15, 24, 30);

    @Property(tries = 100)
    void everyFillKeepsWhatIsNotMaskedToTheBit(
            @ForAll MaskFill fill,
            @ForAll long seed,
            @ForAll @IntRange(min = 1, max = 30) int width,
            @ForAll @IntRange(min = 1, max = 30) int height) {
        RgbImage image = Pictures.noise(width, height, seed);
        Mask mask = Pictures.softMask(width, height, seed + 1);
        RgbImage filled = fill.applied(image, mask);
        for (int i = 0; i < image.samples().length; i++) {
            float sample = filled.samples()[i];
            assertTrue(sample >= 0 && sample <= 1, "range at sample " + i + ": " + sample);
            if (mask.values()[i / 3] == 0) {
                assertEquals(image.samples()[i], sample, "sample " + i);
            }
        }
    }

    @Test
    void originalKeepsEverything() {
        RgbImage image = Pictures.noise(64, 64, 1);
        assertEquals(image, MaskFill.ORIGINAL.applied(image, Mask.of(HOLE, 64, 64)));
    }

    @Property(tries = 50)
    void neutralIsMeanGreyWhateverTheImage(@ForAll long seed) {
        RgbImage image = Pictures.noise(64, 64, seed);
        RgbImage filled = MaskFill.NEUTRAL.applied(image, Mask.of(HOLE, 64, 64));
        Pictures.assertSamples(24, 30, (x, y, channel) -> 0.5, filled.crop(HOLE), 0);
    }

    @Test
    void blurKeepsTheMeanAndTakesAwayTheDetails() {
        RgbImage image = Pictures.image(200, 200, (x, y, channel) -> (x / 2 + y / 2) % 2 * 0.5 + 0.1 * channel);
        Region hole = new Region(50, 50, 100, 100);
        RgbImage filled = MaskFill.BLUR.applied(image, Mask.of(hole, 200, 200));
        Pictures.assertSamples(100, 100, (x, y, channel) -> 0.25 + 0.1 * channel, filled.crop(hole), 0.005);
    }

    @Test
    void blurStillShowsWhatWasUnderTheMask() {
        Region hole = new Region(50, 50, 100, 100);
        RgbImage image = Pictures.image(200, 200, (x, y, channel) -> x >= 50 && x < 150 && y >= 50 && y < 150 ? 1 : 0);
        RgbImage filled = MaskFill.BLUR.applied(image, Mask.of(hole, 200, 200));
        assertEquals(1, filled.at(100, 100, 0), 1e-3);
        assertEquals(0.5, filled.at(50, 100, 0), 0.03);
    }

    @Property(tries = 50)
    void surroundingsForgetWhatWasUnderTheMask(@ForAll long seed) {
        RgbImage image = Pictures.noise(64, 64, seed);
        RgbImage other = image.with(Pictures.noise(24, 30, seed + 1), HOLE);
        Mask mask = Mask.of(HOLE, 64, 64);
        assertEquals(MaskFill.SURROUNDINGS.applied(image, mask), MaskFill.SURROUNDINGS.applied(other, mask));
    }

    @Property(tries = 100)
    void surroundingsOfOneColourGiveThatColour(@ForAll @FloatRange(min = 0, max = 1) float value, @ForAll long seed) {
        Mask mask = MaskShape.grown(Pictures.hardMask(37, 23, 0.01, seed), 3);
        RgbImage filled = MaskFill.SURROUNDINGS.applied(Pictures.constant(37, 23, value), mask);
        boolean somethingIsKnown = !mask.equals(Mask.everything(37, 23));
        Pictures.assertSamples(37, 23, (x, y, channel) -> somethingIsKnown ? value : 0.5, filled, 1e-6);
    }

    @Test
    void aGradientIsContinuedThroughTheHole() {
        Pictures.Samples gradient = (x, y, channel) -> channel == 0 ? x / 63.0 : channel == 1 ? y / 63.0 : 0.3;
        RgbImage torn = Pictures.image(64, 64, gradient).with(Pictures.noise(24, 30, 5), HOLE);
        Pictures.assertSamples(64, 64, gradient, MaskFill.SURROUNDINGS.applied(torn, Mask.of(HOLE, 64, 64)), 0.02);
    }

    @Test
    void betweenTwoColoursTheFillGoesFromOneToTheOther() {
        RgbImage image = Pictures.image(50, 40, (x, y, channel) -> x < 10 ? 0.2 : x >= 40 ? 0.6 : 1);
        Mask mask = Pictures.mask(50, 40, (x, y) -> x < 10 || x >= 40 ? 0 : 1);
        RgbImage filled = MaskFill.SURROUNDINGS.applied(image, mask);
        for (int y = 0; y < 40; y++) {
            for (int x = 1; x < 50; x++) {
                assertTrue(filled.at(x, y, 0) >= filled.at(x - 1, y, 0) - 1e-3, "falls at x " + x + ", y " + y);
            }
        }
        assertEquals(0.4, filled.at(25, 20, 0), 0.03);
    }

    @Test
    void withoutSurroundingsTheFillIsMeanGrey() {
        RgbImage image = Pictures.noise(33, 20, 2);
        RgbImage filled = MaskFill.SURROUNDINGS.applied(image, Mask.everything(33, 20));
        Pictures.assertSamples(33, 20, (x, y, channel) -> 0.5, filled, 0);
    }

    @Test
    void oneKnownPixelIsEnough() {
        Mask mask = Pictures.mask(33, 20, (x, y) -> x == 32 && y == 7 ? 0 : 1);
        RgbImage image = Pictures.image(33, 20, (x, y, channel) -> x == 32 && y == 7 ? 0.9 : 0.1);
        Pictures.assertSamples(33, 20, (x, y, channel) -> 0.9, MaskFill.SURROUNDINGS.applied(image, mask), 1e-5);
    }

    @Test
    void aMaskOfAnotherSizeIsRefused() {
        assertEquals(
                "mask: expected the image's 4×3 pixels, found 3×4",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> MaskFill.NEUTRAL.applied(Pictures.constant(4, 3, 0), Mask.everything(3, 4)))
                        .getMessage());
    }
}
