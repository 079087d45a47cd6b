package sc.fiji.diffusion.engine.watermark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.RgbImage;

/** The mark is found again, and nowhere else. */
class WatermarkDetectorTest {

    private static final DrawnPictures[] PICTURES = {
        DrawnPictures.FLUORESCENCE, DrawnPictures.BRIGHT_FIELD, DrawnPictures.NATURAL
    };

    @ParameterizedTest
    @EnumSource(Alteration.class)
    void aSmallPicturesMarkSurvives(Alteration alteration) {
        assertSurvives(alteration, 128, 2);
    }

    @ParameterizedTest
    @EnumSource(Alteration.class)
    void aLargePicturesMarkSurvives(Alteration alteration) {
        assertSurvives(alteration, 512, 1);
    }

    private static void assertSurvives(Alteration alteration, int size, int seeds) {
        for (DrawnPictures kind : PICTURES) {
            for (int seed = 0; seed < seeds; seed++) {
                RgbImage marked = Watermark.laid(kind.draw(size, seed));
                WatermarkDetection detection = WatermarkDetector.detect(alteration.of(marked));
                assertTrue(detection.found(), kind + ", seed " + seed + ": " + detection);
            }
        }
    }

    @Test
    void theScaleIsToldWithinAPercent() {
        RgbImage marked = Watermark.laid(DrawnPictures.BRIGHT_FIELD.draw(300, 2));
        assertEquals(
                0.5, WatermarkDetector.detect(Alteration.HALF_SIZE.of(marked)).scale(), 0.005);
        assertEquals(
                0.8137, WatermarkDetector.detect(Alteration.ODD_SIZE.of(marked)).scale(), 0.008);
        assertEquals(1, WatermarkDetector.detect(marked).scale());
    }

    @Test
    void aTurnedOrMirroredPictureIsFound() {
        RgbImage marked = Watermark.laid(DrawnPictures.NATURAL.draw(150, 4)).crop(new Region(3, 9, 140, 131));
        for (int eighth = 0; eighth < TileSpectrum.ORIENTATIONS; eighth++) {
            boolean across = (eighth & 4) != 0;
            float[] samples = new float[marked.samples().length];
            for (int i = 0; i < samples.length; i++) {
                int x = (eighth & 1) == 0 ? i / 3 % 140 : 139 - i / 3 % 140;
                int y = (eighth & 2) == 0 ? i / 3 / 140 : 130 - i / 3 / 140;
                samples[3 * (across ? x * 131 + y : y * 140 + x) + i % 3] = marked.samples()[i];
            }
            RgbImage turned = new RgbImage(across ? 131 : 140, across ? 140 : 131, samples);
            WatermarkDetection detection = WatermarkDetector.detect(turned);
            assertTrue(detection.found(), "orientation " + eighth + ": " + detection);
            assertEquals(1, detection.scale());
        }
    }

    /** As after inpainting a selection of the smallest size that is marked. */
    @Test
    void aPartOfALargerPictureIsFound() {
        for (DrawnPictures kind : PICTURES) {
            RgbImage image = kind.draw(400, 8);
            Region part = new Region(131, 207, 100, 90);
            RgbImage composite =
                    Alteration.inBytes(image.with(Watermark.laid(image).crop(part), part));
            assertTrue(WatermarkDetector.detect(composite).found(), kind + " in the whole picture");
            Region smallest = new Region(150, 220, 64, 64);
            assertTrue(WatermarkDetector.detect(composite.crop(smallest)).found(), kind + " in the selection");
        }
    }

    @ParameterizedTest
    @EnumSource(DrawnPictures.class)
    void aPictureWithoutTheMarkIsNotTakenForOneWithIt(DrawnPictures kind) {
        for (int seed = 0; seed < 2; seed++) {
            WatermarkDetection small = WatermarkDetector.detect(kind.draw(128, 100 + seed));
            assertFalse(small.found(), "seed " + seed + ": " + small);
        }
        assertFalse(WatermarkDetector.detect(kind.draw(300, 7)).found());
        assertFalse(WatermarkDetector.detect(Alteration.JPEG_50.of(kind.draw(200, 8)))
                .found());
    }

    /** Of 3,000 tiles 30 may reach the score that the bound gives a hundredth, and none the one of a millionth. */
    @Test
    void theBoundOfFalseAlarmsHolds() {
        Random random = new Random(1);
        int hundredths = 0;
        for (int i = 0; i < 3000; i++) {
            double score = WatermarkPattern.VERSION_1.agreement(someTile(i % 3, random));
            WatermarkDetection detection = new WatermarkDetection(score, TileSpectrum.COUNT, 1);
            hundredths += detection.falseAlarm() <= 0.01 ? 1 : 0;
            assertFalse(detection.found(), "tile " + i + ": " + detection);
        }
        assertTrue(hundredths <= 30, hundredths + " of 3,000");
    }

    /** Noise, a few points, or edges at random places. */
    private static TileSpectrum someTile(int kind, Random random) {
        TileSpectrum tile = new TileSpectrum();
        if (kind == 0) {
            for (int i = 0; i < TileSpectrum.COUNT; i++) {
                tile.re()[i] = random.nextGaussian();
            }
        } else {
            for (int i = 0; i < 20; i++) {
                int x = random.nextInt(TileSpectrum.SIZE);
                int y = random.nextInt(TileSpectrum.SIZE);
                int length = kind == 1 ? 1 : 10 + random.nextInt(80);
                for (int k = 0; k < length; k++) {
                    tile.re()[TileSpectrum.index(x + k, y + k / (1 + i % 4))] += 1;
                }
            }
        }
        return tile;
    }

    @Test
    void theFalseAlarmIsTheBoundThatTheDocumentationGives() {
        assertEquals(1, new WatermarkDetection(0, 10, 1).falseAlarm());
        assertEquals(1000 * Math.exp(-50), new WatermarkDetection(10, 1000, 1).falseAlarm(), 1e-25);
        assertTrue(new WatermarkDetection(7.7, 3_000_000, 1).found());
        assertFalse(new WatermarkDetection(7.5, 3_000_000, 1).found());
    }

    @Test
    void picturesOfAFewPixelsAreLookedAtToo() {
        for (int size = 1; size < 30; size += 7) {
            assertFalse(WatermarkDetector.detect(DrawnPictures.NOISE.draw(size, size))
                    .found());
            assertEquals(
                    size, Watermark.laid(DrawnPictures.NOISE.draw(size, size)).width());
        }
        assertFalse(
                WatermarkDetector.detect(new RgbImage(600, 2, new float[3600])).found());
    }
}
