package sc.fiji.diffusion.canvas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.gui.OvalRoi;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.measure.Calibration;
import ij.process.FloatProcessor;
import ij.process.LUT;
import java.awt.Color;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.altered.AlteredPixels;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.Region;

class ExpandedCanvasTest {

    private static final CanvasBorder BORDER = new CanvasBorder(4, 2, 3, 1);

    @ParameterizedTest
    @ValueSource(strings = {"8-bit ramp", "16-bit ramp", "32-bit noise", "RGB ramp"})
    void oldPixelsAreTheSameAndNewOnesContinueTheEdge(String type) {
        ImagePlus image = IJ.createImage("data", type, 9, 7, 3);
        ImagePlus made = ExpandedCanvas.of(image, BORDER);
        assertEquals("Expanded data", made.getTitle());
        assertEquals(image.getType(), made.getType());
        assertArrayEquals(new int[] {15, 11, 1, 3, 1}, made.getDimensions());
        for (int z = 0; z < 3; z++) {
            for (int y = 0; y < 11; y++) {
                for (int x = 0; x < 15; x++) {
                    int fromX = Math.min(8, Math.max(0, x - 4));
                    int fromY = Math.min(6, Math.max(0, y - 3));
                    assertEquals(
                            image.getStack().getVoxel(fromX, fromY, z),
                            made.getStack().getVoxel(x, y, z),
                            "x " + x + ", y " + y + ", z " + z);
                }
            }
        }
        assertEquals(3 * (15 * 11 - 9 * 7), AlteredPixels.of(made).count());
        assertTrue(made.getInfoProperty().contains("not measured"), made.getInfoProperty());
        assertTrue(AlteredPixels.of(image).isEmpty());
    }

    @Test
    void newPixelsAreFiniteAndTheBitsOfNaNStay() {
        float[] values = new float[20];
        values[0] = Float.intBitsToFloat(0x7fc01234);
        values[4] = Float.POSITIVE_INFINITY;
        values[7] = 36;
        ImagePlus made = ExpandedCanvas.of(new ImagePlus("data", new FloatProcessor(5, 4, values)), BORDER);
        for (int y = 0; y < 8; y++) {
            for (int x = 0; x < 11; x++) {
                float value = made.getProcessor().getf(x, y);
                if (x >= 4 && x < 9 && y >= 3 && y < 7) {
                    assertEquals(
                            Float.floatToRawIntBits(values[(y - 3) * 5 + x - 4]),
                            Float.floatToRawIntBits(value),
                            "x " + x + ", y " + y);
                } else {
                    boolean corner = y <= 3 && (x <= 4 || x >= 8);
                    assertEquals(corner ? 2 : 0, value, "x " + x + ", y " + y);
                }
            }
        }
    }

    @Test
    void aSliceWithoutAnyNumberIsContinuedByZeros() {
        float[] values = {Float.NaN, Float.NaN, Float.NEGATIVE_INFINITY, Float.NaN};
        ImagePlus made = ExpandedCanvas.of(new ImagePlus("data", new FloatProcessor(2, 2, values)), BORDER);
        assertEquals(0, made.getProcessor().getf(0, 0));
        assertTrue(Float.isNaN(made.getProcessor().getf(4, 3)));
    }

    @Test
    void whatHangsOnThePixelsMovesAlong() {
        ImagePlus image = IJ.createImage("data", "16-bit ramp", 30, 20, 2);
        image.setRoi(new OvalRoi(5, 6, 10, 8));
        image.setOverlay(new Overlay(new Roi(1, 2, 3, 4)));
        image.setProp("Stain", "DAPI");
        image.setProperty("Info", "Taken on Monday");
        image.getStack().setSliceLabel("first", 1);
        image.setDisplayRange(100, 4000);
        image.getProcessor().setLut(LUT.createLutFromColor(Color.GREEN));
        image.setSlice(2);
        Calibration calibration = image.getCalibration();
        calibration.setUnit("micron");
        calibration.pixelWidth = 0.5;
        calibration.xOrigin = 10;
        AlteredPixels known = AlteredPixels.of(image);
        known.add(2, Mask.of(new Region(7, 5, 3, 2), 30, 20));
        known.keepIn(image);

        ImagePlus made = ExpandedCanvas.of(image, BORDER);
        assertEquals(new Roi(9, 9, 10, 8).getBounds(), made.getRoi().getBounds());
        assertEquals(Roi.OVAL, made.getRoi().getType());
        assertEquals(new Roi(5, 5, 3, 4).getBounds(), made.getOverlay().get(0).getBounds());
        assertEquals(new Roi(1, 2, 3, 4).getBounds(), image.getOverlay().get(0).getBounds());
        assertEquals("DAPI", made.getProp("Stain"));
        assertTrue(made.getInfoProperty().startsWith("Taken on Monday"));
        assertEquals("first", made.getStack().getSliceLabel(1));
        assertEquals(100, made.getDisplayRangeMin());
        assertEquals(4000, made.getDisplayRangeMax());
        assertEquals(image.getProcessor().getColorModel(), made.getProcessor().getColorModel());
        assertEquals(2, made.getCurrentSlice());
        assertEquals(image.getCalibration().getX(12), made.getCalibration().getX(16));
        assertEquals(image.getCalibration().getY(5), made.getCalibration().getY(8));
        assertEquals("microns", made.getCalibration().getUnits());
        Mask first = AlteredPixels.of(made).mask(1).orElseThrow();
        Mask second = AlteredPixels.of(made).mask(2).orElseThrow();
        for (int y = 0; y < 24; y++) {
            for (int x = 0; x < 36; x++) {
                boolean border = x < 4 || x >= 34 || y < 3 || y >= 23;
                boolean before = x >= 11 && x < 14 && y >= 8 && y < 10;
                assertEquals(border ? 1f : 0f, first.at(x, y), "x " + x + ", y " + y);
                assertEquals(border || before ? 1f : 0f, second.at(x, y), "x " + x + ", y " + y);
            }
        }
    }

    @Test
    void anAxisThatPointsUpKeepsItsValues() {
        ImagePlus image = IJ.createImage("data", "8-bit ramp", 30, 20, 1);
        image.getCalibration().setInvertY(true);
        ImagePlus made = ExpandedCanvas.of(image, BORDER);
        for (int y = 0; y < 20; y++) {
            assertEquals(
                    image.getCalibration().getY(y, 20), made.getCalibration().getY(y + 3, 24), "y " + y);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {CompositeImage.COMPOSITE, CompositeImage.COLOR, CompositeImage.GRAYSCALE})
    void aCompositeKeepsItsDimensionsLutsRangesAndChannels(int mode) {
        ImagePlus channels = IJ.createImage("cells", "16-bit ramp", 20, 16, 12);
        channels.setDimensions(2, 3, 2);
        CompositeImage image = new CompositeImage(channels, mode);
        image.setOpenAsHyperStack(true);
        Random random = new Random(1);
        image.setChannelLut(LUT.createLutFromColor(Color.MAGENTA), 1);
        image.setChannelLut(LUT.createLutFromColor(Color.CYAN), 2);
        for (int channel = 2; channel >= 1; channel--) {
            image.setPositionWithoutUpdate(channel, 2, 1);
            image.setDisplayRange(random.nextInt(1000), 2000 + random.nextInt(1000));
        }
        image.getActiveChannels()[1] = mode != CompositeImage.COMPOSITE;
        ImagePlus made = ExpandedCanvas.of(image, BORDER);
        assertArrayEquals(new int[] {26, 20, 2, 3, 2}, made.getDimensions());
        assertTrue(made.isHyperStack());
        CompositeImage composite = (CompositeImage) made;
        assertEquals(mode, composite.getMode());
        assertEquals(image.getActiveChannels()[1], composite.getActiveChannels()[1]);
        for (int channel = 1; channel <= 2; channel++) {
            LUT before = image.getLuts()[channel - 1];
            LUT after = composite.getLuts()[channel - 1];
            assertArrayEquals(before.getBytes(), after.getBytes(), "channel " + channel);
            assertEquals(before.min, after.min, "channel " + channel);
            assertEquals(before.max, after.max, "channel " + channel);
        }
        assertEquals(image.getZ(), made.getZ());
        assertEquals(12 * (26 * 20 - 20 * 16), AlteredPixels.of(made).count());
        assertFalse(image.changes);
    }
}
