package sc.fiji.diffusion.engine.inpaint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.RgbImage;

class BorderGradientTest {

    private static final Mask SQUARE = Mask.of(new Region(20, 20, 12, 12), 64, 64);

    @Test
    void aPatchThatIsBrighterShowsItsSeamAndNothingElse() {
        float[] samples = new float[3 * 64 * 64];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = SQUARE.values()[i / 3] * 0.25f;
        }
        RgbImage image = new RgbImage(64, 64, samples);
        assertEquals(0.25, BorderGradient.across(SQUARE, image), 1e-12);
        assertEquals(0, BorderGradient.inside(SQUARE, image, 1), 1e-12);
        assertTrue(Double.isNaN(BorderGradient.inside(SQUARE, image, 12)));
        assertEquals(0, BorderGradient.elsewhere(SQUARE, image, 20, new Random(1)), 1e-12);
    }

    @Test
    void untouchedNoiseHasNoSeam() {
        Random random = new Random(2);
        float[] samples = new float[3 * 64 * 64];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = random.nextFloat();
        }
        RgbImage image = new RgbImage(64, 64, samples);
        double ratio = BorderGradient.across(SQUARE, image) / BorderGradient.elsewhere(SQUARE, image, 20, random);
        // The mean difference of two even random numbers is 1/3, its standard error here some percent.
        assertEquals(1, ratio, 0.15);
        assertEquals(1 / 3.0, BorderGradient.elsewhere(SQUARE, image, 20, random), 0.02);
    }
}
