package sc.fiji.diffusion.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.measure.Calibration;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.altered.AlteredPixels;
import sc.fiji.diffusion.engine.RequestException;

class AppendTargetTest {

    @Test
    void slicesComeBehindThoseThatAreThere() {
        ImagePlus image = ResultStack.newImage(Results.of("first", 16, 8, 1, 2));
        Calibration calibration = image.getCalibration().copy();
        AppendTarget.of(image, 16, 8).append(Results.of("second", 16, 8, 50, 2));
        assertEquals(4, image.getStackSize());
        assertEquals("seed 2", image.getStack().getSliceLabel(2));
        assertEquals("seed 50", image.getStack().getSliceLabel(3));
        assertEquals(3, image.getCurrentSlice());
        assertEquals("first", image.getTitle());
        assertTrue(calibration.equals(image.getCalibration()));
        assertTrue(image.getInfoProperty().contains("Prompt: first"));
        assertTrue(image.getInfoProperty().contains("Prompt: second"));
        assertTrue(image.changes);
    }

    @Test
    void aSingleImageBecomesAStack() {
        ImagePlus image = ResultStack.newImage(Results.of("first", 16, 8, 1, 1));
        AppendTarget.of(image, 16, 8).append(Results.of("second", 16, 8, 50, 1));
        assertEquals(2, image.getStackSize());
        assertEquals("seed 1", image.getStack().getSliceLabel(1));
        assertEquals("seed 50", image.getStack().getSliceLabel(2));
    }

    @Test
    void whatIsAppendedToMeasuredSlicesIsKnownToBeGenerated() {
        ImagePlus image = IJ.createImage("measured", "RGB", 16, 8, 2);
        AppendTarget.of(image, 16, 8).append(Results.of("second", 16, 8, 50, 2));
        AlteredPixels altered = AlteredPixels.of(image);
        assertEquals(2 * 16 * 8, altered.count());
        assertTrue(altered.mask(2).isEmpty());
        assertTrue(altered.mask(3).isPresent());
        assertTrue(image.getInfoProperty().contains("Generated pixels: 256 of 256 in slices 3-4 (not measured)\n"));
    }

    @Test
    void aTimeSeriesStaysOne() {
        ImagePlus image = ResultStack.newImage(Results.of("first", 16, 8, 1, 2));
        image.setDimensions(1, 1, 2);
        AppendTarget.of(image, 16, 8).append(Results.of("second", 16, 8, 50, 1));
        assertEquals(3, image.getNFrames());
        assertEquals(1, image.getNSlices());
    }

    @Test
    void whatDoesNotFitIsRefusedInOneSentence() {
        assertRefused(null, "found none");
        assertRefused(IJ.createImage("grey", "8-bit", 16, 8, 1), "found 8-bit pixels in grey");
        assertRefused(IJ.createImage("wide", "RGB", 17, 8, 1), "found 17x8 in wide");
        ImagePlus hyperstack = IJ.createImage("hyper", "RGB", 16, 8, 6);
        hyperstack.setDimensions(1, 2, 3);
        assertRefused(hyperstack, "found a hyperstack in hyper");
    }

    @Test
    void anImageThatAnotherCommandWorksOnStaysAsItIs() throws InterruptedException {
        ImagePlus image = IJ.createImage("busy", "RGB", 16, 8, 2);
        AppendTarget target = AppendTarget.of(image, 16, 8);
        Thread other = new Thread(image::lock);
        other.start();
        other.join();
        assertThrows(RequestException.class, () -> target.append(Results.of("second", 16, 8, 50, 1)));
        assertEquals(2, image.getStackSize());
        assertTrue(image.isLocked());
    }

    private static void assertRefused(ImagePlus image, String found) {
        RequestException e = assertThrows(RequestException.class, () -> AppendTarget.of(image, 16, 8));
        assertEquals("append: expected an open RGB image or stack of 16x8 pixels, " + found, e.getMessage());
    }
}
