package sc.fiji.diffusion.engine.upscale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.engine.image.TileLayout;

class TileSeamTest {

    private static final TileLayout LAYOUT = TileLayout.of(new Size(96, 64), 64, 8, 0);

    @Test
    void noiseHasNoSeamAndATileThatIsBrighterHas() {
        Random random = new Random(3);
        float[] samples = new float[3 * 96 * 64];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = 0.5f * random.nextFloat();
        }
        RgbImage image = new RgbImage(96, 64, samples);
        assertEquals(1, TileSeam.ratio(image, LAYOUT), 0.1);
        for (int i = 0; i < samples.length; i++) {
            samples[i] += i / 3 % 96 >= 32 ? 0.4f : 0;
        }
        // Half of the lines have a mean difference of 0.41, and half, at the other edge, of 0.5 / 3.
        double ratio = TileSeam.ratio(image, LAYOUT);
        assertTrue(ratio > 1.6 && ratio < 1.9, "ratio " + ratio);
    }
}
