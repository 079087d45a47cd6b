package sc.fiji.diffusion.engine.image;

import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class LowPassMatchTest {

    private static double ramp(int x, int y, int channel) {
        return 0.3 + 0.002 * x + 0.001 * y + 0.05 * channel;
    }

    @Test
    void aShiftOfColoursIsTakenBackAndFineDetailStays() {
        RgbImage original = Pictures.image(60, 50, LowPassMatchTest::ramp);
        RgbImage generated = Pictures.image(
                60,
                50,
                (x, y, channel) -> ramp(x, y, channel) + 0.1 * (channel - 1) + ((x + y) % 2 == 0 ? 0.05 : -0.05));
        // At the border the Gaussian sees more of the border's own pixels.
        Pictures.assertSamples(
                60,
                50,
                (x, y, channel) -> ramp(x, y, channel) + ((x + y) % 2 == 0 ? 0.05 : -0.05),
                LowPassMatch.matched(generated, original, 30),
                0.015);
    }

    @Test
    void theSamePictureStaysAndSamplesStayInTheirRange() {
        RgbImage noise = Pictures.noise(33, 21, 4);
        Pictures.assertSame(noise, LowPassMatch.matched(noise, noise, 12), 0);
        RgbImage matched = LowPassMatch.matched(noise, Pictures.constant(33, 21, 1), 12);
        for (float sample : matched.samples()) {
            if (!(sample >= 0 && sample <= 1)) {
                throw new AssertionError("expected 0 to 1, found " + sample);
            }
        }
    }

    @Test
    void picturesOfDifferentSizesAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> LowPassMatch.matched(Pictures.noise(5, 4, 1), Pictures.noise(4, 5, 1), 12));
    }
}
