package sc.fiji.diffusion.engine.watermark;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sc.fiji.diffusion.engine.image.RgbImage;

/** Marks as invisible-watermark lays them: the difference U is quantized in blocks, in floats. */
class OtherWatermarkTest {

    private static final String XL = "101100111110110010010000011110111011000110011110";
    private static final String SDV2 = "01010011010001000101011000110010";

    @Test
    void theMarkOfStableDiffusionXlIsFoundInEitherOrderOfChannels() {
        RgbImage image = DrawnPictures.NATURAL.draw(256, 1);
        assertEquals(Optional.of(OtherWatermark.STABLE_DIFFUSION_XL), OtherWatermark.find(embedded(image, XL, 0.5, 0)));
        assertEquals(Optional.of(OtherWatermark.STABLE_DIFFUSION_XL), OtherWatermark.find(embedded(image, XL, 0.5, 2)));
    }

    @Test
    void theMarkOfStableDiffusion2IsFound() {
        RgbImage image = DrawnPictures.BRIGHT_FIELD.draw(300, 2);
        assertEquals(
                Optional.of(OtherWatermark.STABLE_DIFFUSION_2), OtherWatermark.find(embedded(image, SDV2, 128, 2)));
    }

    @ParameterizedTest
    @EnumSource(DrawnPictures.class)
    void otherPicturesHaveNone(DrawnPictures kind) {
        for (int seed = 0; seed < 4; seed++) {
            assertEquals(Optional.empty(), OtherWatermark.find(kind.draw(256, seed)), "seed " + seed);
        }
    }

    @Test
    void oursIsNoneOfThem() {
        assertEquals(Optional.empty(), OtherWatermark.find(Watermark.laid(DrawnPictures.NATURAL.draw(256, 1))));
    }

    /** Changes U, in each block, where its low band is largest; brightness stays. */
    private static RgbImage embedded(RgbImage image, String bits, double neutral, int blue) {
        float[] samples = image.samples().clone();
        int across = image.width() / 8;
        for (int block = 0; block < across * (image.height() / 8); block++) {
            int left = 8 * (block % across);
            int top = 8 * (block / across);
            double[] band = new double[16];
            for (int i = 0; i < 64; i++) {
                band[i / 16 * 4 + i % 8 / 2] += u(samples, image.width(), left + i % 8, top + i / 8, blue) / 2;
            }
            int largest = 1;
            for (int i = 1; i < 16; i++) {
                band[i] += 2 * neutral;
                largest = Math.abs(band[i]) > Math.abs(band[largest]) ? i : largest;
            }
            double size = Math.abs(band[largest]);
            int bit = bits.charAt(block % bits.length()) - '0';
            double wanted = (Math.floor(size / 36) + 0.25 + 0.5 * bit) * 36;
            double change = Math.signum(band[largest]) * (wanted - size) / 2;
            for (int i = 0; i < 4; i++) {
                int x = left + 2 * (largest % 4) + i % 2;
                int y = top + 2 * (largest / 4) + i / 2;
                addU(samples, 3 * (y * image.width() + x), change, blue);
            }
        }
        return Alteration.inBytes(new RgbImage(image.width(), image.height(), samples));
    }

    private static double u(float[] samples, int width, int x, int y, int blue) {
        int i = 3 * (y * width + x);
        double brightness = 0.299 * samples[i + 2 - blue] + 0.587 * samples[i + 1] + 0.114 * samples[i + blue];
        return 255 * 0.492 * (samples[i + blue] - brightness);
    }

    /** With the brightness as it was: blue rises by {@code du / 0.492}, green falls. */
    private static void addU(float[] samples, int i, double change, int blue) {
        samples[i + blue] += (float) (change / 0.492 / 255);
        samples[i + 1] -= (float) (change / 0.492 / 255 * 0.114 / 0.587);
    }
}
