package sc.fiji.diffusion.engine.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class ColorMatchTest {

    private static final Region HOLE = new Region(10, 10, 16, 16);
    private static final Mask MASK = Mask.of(HOLE, 48, 40);

    @Property(tries = 50)
    void imagesThatAgreeOutsideTheMaskAreLeftAlone(@ForAll long seed) {
        RgbImage original = Pictures.noise(48, 40, seed);
        RgbImage generated = original.with(Pictures.noise(16, 16, seed + 1), HOLE);
        assertSame(generated, ColorMatch.matched(generated, original, MASK));
    }

    @Property(tries = 100)
    void aShiftInLightnessContrastAndHueIsTakenBackEverywhere(
            @ForAll long seed,
            @ForAll @DoubleRange(min = 0.6, max = 1.6) double contrast,
            @ForAll @DoubleRange(min = -0.05, max = 0.05) double lightness,
            @ForAll @DoubleRange(min = -0.03, max = 0.03) double hue) {
        RgbImage original = muted(seed);
        RgbImage wanted = original.with(muted(seed + 1).crop(HOLE), HOLE); // other contents under the mask
        RgbImage shifted = inOkLab(wanted, new double[] {contrast, 1, 1}, new double[] {lightness, hue, -hue});
        Pictures.assertSame(wanted, ColorMatch.matched(shifted, original, MASK), 2e-4);
    }

    @Test
    void whatIsUnderTheMaskHasNoSay() {
        RgbImage original = muted(1);
        RgbImage shifted = inOkLab(original, new double[] {1, 1, 1}, new double[] {0.05, 0, 0});
        RgbImage withWhite = shifted.with(Pictures.constant(16, 16, 1), HOLE);
        RgbImage matched = ColorMatch.matched(withWhite, original.with(Pictures.constant(16, 16, 0), HOLE), MASK);
        RgbImage corner = original.crop(new Region(30, 30, 18, 10));
        Pictures.assertSame(corner, matched.crop(new Region(30, 30, 18, 10)), 2e-4);
    }

    @Test
    void contrastIsAtMostHalvedOrDoubled() {
        RgbImage original = muted(3);
        RgbImage flat = inOkLab(original, new double[] {0.1, 1, 1}, new double[3]);
        RgbImage expected = inOkLab(original, new double[] {0.2, 1, 1}, new double[3]);
        Pictures.assertSame(
                expected, ColorMatch.matched(flat, original, Mask.of(new Region(0, 0, 1, 1), 48, 40)), 2e-3);
        RgbImage halved = inOkLab(original, new double[] {0.5, 1, 1}, new double[3]);
        Mask nothing = new Mask(48, 40, new float[48 * 40]);
        Pictures.assertSame(halved, ColorMatch.matched(original, flat, nothing), 2e-3);
    }

    @Test
    void fewerThanSixtyFourContextPixelsChangeNothing() {
        RgbImage original = Pictures.constant(48, 40, 0.4f);
        RgbImage generated = muted(5);
        Mask sixtyThree = Pictures.mask(48, 40, (x, y) -> y * 48 + x < 63 ? 0 : 1);
        Mask sixtyFour = Pictures.mask(48, 40, (x, y) -> y * 48 + x < 64 ? 0 : 1);
        assertSame(generated, ColorMatch.matched(generated, original, sixtyThree));
        assertTrue(!generated.equals(ColorMatch.matched(generated, original, sixtyFour)));
    }

    @Test
    void aFlatContextShiftsColoursButNotContrast() {
        RgbImage original = muted(6);
        RgbImage flat = Pictures.constant(48, 40, 0.5f);
        RgbImage matched = ColorMatch.matched(flat, original, MASK);
        assertEquals(matched.at(0, 0, 1), matched.at(47, 39, 1), 1e-6);
        assertTrue(Math.abs(matched.at(0, 0, 1) - 0.5) < 0.2);
    }

    /** Colours around grey, so that no shift leaves what sRGB can show. */
    private static RgbImage muted(long seed) {
        RgbImage noise = Pictures.noise(48, 40, seed);
        return Pictures.image(48, 40, (x, y, channel) -> 0.4 + 0.15 * noise.at(x, y, channel));
    }

    /** Each channel of OKLab times its contrast about the image's mean, plus its shift. */
    private static RgbImage inOkLab(RgbImage image, double[] contrast, double[] shift) {
        float[] colours = image.samples().clone();
        double[] means = new double[3];
        for (int i = 0; i < colours.length; i += 3) {
            OkLab.fromSrgb(colours, i);
        }
        for (int i = 0; i < colours.length; i++) {
            means[i % 3] += 3.0 * colours[i] / colours.length;
        }
        for (int i = 0; i < colours.length; i++) {
            int channel = i % 3;
            colours[i] = (float) (contrast[channel] * (colours[i] - means[channel]) + means[channel] + shift[channel]);
        }
        for (int i = 0; i < colours.length; i += 3) {
            OkLab.toSrgb(colours, i);
        }
        return new RgbImage(image.width(), image.height(), colours);
    }
}
