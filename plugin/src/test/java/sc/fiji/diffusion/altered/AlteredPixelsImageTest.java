package sc.fiji.diffusion.altered;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.measure.Calibration;
import ij.process.ImageProcessor;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.Region;

class AlteredPixelsImageTest {

    @Test
    void generatedPixelsAreWhiteAndTheOthersBlack() {
        ImagePlus shown = AlteredPixelsImage.of(AlteredPixelsTest.altered(3));
        assertEquals(ImagePlus.GRAY8, shown.getType());
        assertFalse(shown.isInvertedLut());
        assertEquals("Generated pixels of image", shown.getTitle());
        for (int index = 1; index <= 3; index++) {
            ImageProcessor slice = shown.getStack().getProcessor(index);
            for (int y = 0; y < shown.getHeight(); y++) {
                for (int x = 0; x < shown.getWidth(); x++) {
                    boolean generated = x >= index && x < index + 4 && y >= 2 && y < 5;
                    assertEquals(generated ? 255 : 0, slice.get(x, y), "slice " + index + " at " + x + "," + y);
                }
            }
        }
    }

    @Test
    void aHyperstackKeepsItsDimensionsScaleAndPlace() {
        ImagePlus image = IJ.createHyperStack("cells", 12, 9, 2, 3, 4, 16);
        image.getStack().setSliceLabel("first", 1);
        Calibration calibration = image.getCalibration();
        calibration.pixelWidth = 0.25;
        calibration.setUnit("µm");
        calibration.frameInterval = 3;
        calibration.setFunction(Calibration.STRAIGHT_LINE, new double[] {1, 2}, "Bq");
        AlteredPixels pixels = AlteredPixels.of(image);
        int index = image.getStackIndex(2, 3, 1);
        pixels.add(index, Mask.of(new Region(4, 4, 2, 2), 12, 9));
        pixels.keepIn(image);
        image.setPosition(2, 3, 1);
        ImagePlus shown = AlteredPixelsImage.of(image);
        assertEquals(2, shown.getNChannels());
        assertEquals(3, shown.getNSlices());
        assertEquals(4, shown.getNFrames());
        assertEquals(index, shown.getCurrentSlice());
        assertEquals(255, shown.getProcessor().get(5, 5));
        assertEquals("first", shown.getStack().getSliceLabel(1));
        assertEquals(0.25, shown.getCalibration().pixelWidth);
        assertEquals(3, shown.getCalibration().frameInterval);
        assertEquals("µm", shown.getCalibration().getUnit());
        assertFalse(shown.getCalibration().calibrated());
        assertTrue(calibration.calibrated());
    }

    @Test
    void whereNothingWasGeneratedIsAnError() {
        ImagePlus measured = IJ.createImage("measured", "8-bit", 8, 8, 1);
        assertEquals(
                "image: expected generated pixels in measured, found none",
                assertThrows(RequestException.class, () -> AlteredPixelsImage.of(measured))
                        .getMessage());
        assertEquals(
                "image: expected an open image with generated pixels, found none; choose or open one",
                assertThrows(RequestException.class, () -> AlteredPixelsImage.of(null))
                        .getMessage());
    }
}
