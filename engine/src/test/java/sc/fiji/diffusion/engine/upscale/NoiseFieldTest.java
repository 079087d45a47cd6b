package sc.fiji.diffusion.engine.upscale;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.engine.scheduler.NoiseSource;
import sc.fiji.diffusion.engine.scheduler.TorchRandom;

class NoiseFieldTest {

    private static final int CHANNELS = 3;

    @Test
    void whereTilesOverlapTheyGetTheSameNoiseInEveryDraw() {
        NoiseField field = new NoiseField(new TorchRandom(5), new Size(20, 17));
        Region left = new Region(0, 2, 12, 10);
        Region right = new Region(8, 5, 12, 12);
        NoiseSource first = field.of(left);
        float[][] leftDraws = {draw(first, left), draw(first, left)};
        NoiseSource second = field.of(right);
        for (int number = 0; number < 2; number++) {
            float[] rightDraw = draw(second, right);
            for (int channel = 0; channel < CHANNELS; channel++) {
                for (int y = 5; y < 12; y++) {
                    for (int x = 8; x < 12; x++) {
                        assertEquals(
                                leftDraws[number][(channel * 10 + y - 2) * 12 + x],
                                rightDraw[(channel * 12 + y - 5) * 12 + x - 8],
                                "draw " + number + ", channel " + channel + ", x " + x + ", y " + y);
                    }
                }
            }
        }
    }

    @Test
    void aTileThatIsTheWholeFieldGetsWhatItsSourceDraws() {
        NoiseSource tile = new NoiseField(new TorchRandom(9), new Size(6, 5)).of(new Region(0, 0, 6, 5));
        TorchRandom source = new TorchRandom(9);
        assertArrayEquals(source.next(60), tile.next(60));
        assertArrayEquals(source.next(60), tile.next(60));
    }

    @Test
    void drawsThatDoNotFillTheTileAreRefused() {
        NoiseField field = new NoiseField(new TorchRandom(9), new Size(6, 5));
        assertThrows(IllegalArgumentException.class, () -> field.of(new Region(0, 0, 4, 4))
                .next(17));
    }

    private static float[] draw(NoiseSource noise, Region tile) {
        return noise.next(CHANNELS * tile.width() * tile.height());
    }
}
