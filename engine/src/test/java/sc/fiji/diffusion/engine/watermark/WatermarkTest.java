package sc.fiji.diffusion.engine.watermark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.RgbImage;

/** The mark can't be seen, and hangs on nothing but the pixels. */
class WatermarkTest {

    @ParameterizedTest
    @EnumSource(DrawnPictures.class)
    void theMarkIsFortyDecibelsBelowThePicture(DrawnPictures kind) {
        for (int size : new int[] {128, 200, 512}) {
            RgbImage image = kind.draw(size, 5);
            RgbImage marked = Alteration.inBytes(Watermark.laid(image));
            double decibels = Quality.psnr(image, marked);
            assertTrue(decibels >= 40, size + " pixels: " + decibels + " dB");
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = DrawnPictures.class,
            names = {"FLUORESCENCE", "BRIGHT_FIELD", "NATURAL", "NOISE"})
    void thePictureKeepsItsStructure(DrawnPictures kind) {
        RgbImage image = kind.draw(512, 6);
        double similarity = Quality.ssim(image, Alteration.inBytes(Watermark.laid(image)));
        assertTrue(similarity > 0.95, "SSIM " + similarity);
    }

    @Test
    void aFlatAreaChangesByAFewGreyValuesAndKeepsItsMean() {
        RgbImage image = DrawnPictures.FLAT.draw(256, 4);
        RgbImage marked = Watermark.laid(image);
        double sum = 0;
        for (int i = 0; i < marked.samples().length; i++) {
            double change = 255 * (marked.samples()[i] - image.samples()[i]);
            assertTrue(Math.abs(change) < 6, "sample " + i + ": " + change);
            sum += change;
        }
        assertEquals(0, sum / marked.samples().length, 0.01);
    }

    @ParameterizedTest
    @EnumSource(DrawnPictures.class)
    void samplesStayBetweenZeroAndOne(DrawnPictures kind) {
        RgbImage marked = Watermark.laid(kind.draw(90, 1));
        for (int i = 0; i < marked.samples().length; i++) {
            assertTrue(marked.samples()[i] >= 0 && marked.samples()[i] <= 1, "sample " + i);
        }
    }

    @Test
    void theSamePixelsAreMarkedInTheSameWayToTheBit() {
        RgbImage image = DrawnPictures.NATURAL.draw(150, 9);
        RgbImage before = new RgbImage(150, 150, image.samples().clone());
        assertEquals(Watermark.laid(image), Watermark.laid(before));
        assertEquals(before, image);
    }

    @Test
    void theNoiseIsThatOfVersionOneForEver() {
        double sum = 0;
        for (int y = 0; y < 128; y++) {
            for (int x = 0; x < 128; x++) {
                double value = WatermarkPattern.VERSION_1.at(x, y);
                sum += value * value;
                assertEquals(value, WatermarkPattern.VERSION_1.at(x + 128, y - 256), "x " + x + ", y " + y);
            }
        }
        assertEquals(128 * 128, sum, 1e-6);
        // Pictures that are marked already must be found by later versions.
        assertEquals(0.03472893796923462, WatermarkPattern.VERSION_1.at(3, 4), 1e-12);
        assertEquals(0.37133340307630214, WatermarkPattern.VERSION_1.at(100, 31), 1e-12);
    }

    @Test
    void aSelectionNeedsAnArea() {
        assertTrue(Watermark.fits(Mask.of(new Region(10, 10, 64, 64), 300, 300)));
        assertFalse(Watermark.fits(Mask.of(new Region(10, 10, 64, 63), 300, 300)));
    }
}
