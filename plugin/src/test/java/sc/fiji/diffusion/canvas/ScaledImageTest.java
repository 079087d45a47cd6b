package sc.fiji.diffusion.canvas;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.gui.Overlay;
import ij.gui.Roi;
import ij.process.ByteProcessor;
import ij.process.FloatProcessor;
import ij.process.ImageProcessor;
import ij.process.LUT;
import java.awt.Color;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.stack.AxisPart;
import sc.fiji.diffusion.stack.StackPart;
import sc.fiji.diffusion.stack.StackPosition;

class ScaledImageTest {

    private static final Size SIZE = new Size(33, 20);

    private static List<StackPosition> slices(ImagePlus image, String range) {
        return new StackPart.Slices(AxisPart.of(range)).positions(image);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8-bit ramp", "16-bit ramp", "32-bit ramp", "RGB ramp"})
    void aRampIsARampInTheSameTypeAndRange(String type) {
        ImagePlus image = IJ.createImage("data", type, 12, 10, 3);
        ImagePlus made = ScaledImage.of(image, slices(image, "all"), SIZE);
        assertEquals("Upscaled data", made.getTitle());
        assertEquals(image.getType(), made.getType());
        assertArrayEquals(new int[] {33, 20, 1, 3, 1}, made.getDimensions());
        for (int z = 1; z <= 3; z++) {
            ImageProcessor old = image.getStack().getProcessor(z).convertToFloat();
            ImageProcessor scaled = made.getStack().getProcessor(z).convertToFloat();
            double step = old.getf(1, 0) - old.getf(0, 0);
            for (int y = 0; y < 20; y++) {
                for (int x = 0; x < 33; x++) {
                    double place = Math.min(11, Math.max(0, (x + 0.5) * 12 / 33 - 0.5));
                    String where = "x " + x + ", y " + y + ", z " + z;
                    assertEquals(old.getf(0, 0) + place * step, scaled.getf(x, y), 0.2 * step + 1, where);
                    boolean inRange = scaled.getf(x, y) >= old.getf(0, 0) && scaled.getf(x, y) <= old.getf(11, 0);
                    assertTrue(inRange || type.startsWith("RGB"), where);
                }
            }
        }
    }

    @Test
    void nanAndInfinitiesLieWhereTheyLayAndMakeNothingElse() {
        float[] values = new float[12 * 10];
        for (int i = 0; i < values.length; i++) {
            values[i] = 100 + i % 12;
        }
        values[25] = Float.NaN;
        values[60] = Float.POSITIVE_INFINITY;
        ImagePlus image = new ImagePlus("data", new FloatProcessor(12, 10, values));
        ImagePlus made = ScaledImage.of(image, slices(image, "all"), new Size(36, 30));
        for (int y = 0; y < 30; y++) {
            for (int x = 0; x < 36; x++) {
                float old = values[y / 3 * 12 + x / 3];
                float value = made.getProcessor().getf(x, y);
                if (Float.isFinite(old)) {
                    assertTrue(Math.abs(value - old) < 1.5, "x " + x + ", y " + y + ": " + value + " for " + old);
                } else {
                    assertEquals(old, value, "x " + x + ", y " + y);
                }
            }
        }
    }

    @Test
    void coloursOfAPaletteAreInterpolatedAsFarAsThePaletteGoes() {
        byte[] reds = new byte[256];
        byte[] others = new byte[256];
        for (int i = 0; i < 256; i++) {
            // In no order: indices between two others show something else.
            reds[i] = (byte) (i * 37);
        }
        ByteProcessor indices = new ByteProcessor(12, 10);
        indices.setColorModel(new LUT(reds, others, others));
        for (int i = 0; i < 120; i++) {
            // Whose red is 20 times the column.
            indices.set(i, i % 12 * 20 * 173 & 255);
        }
        ImagePlus image = new ImagePlus("data", indices);
        image.setTypeToColor256();
        assertEquals(ImagePlus.COLOR_256, image.getType());
        ImagePlus made = ScaledImage.of(image, slices(image, "all"), new Size(36, 30));
        assertEquals(ImagePlus.COLOR_256, made.getType());
        for (int x = 2; x < 33; x++) {
            int red = made.getProcessor()
                    .getColorModel()
                    .getRed(made.getProcessor().get(x, 15));
            assertEquals(20 * ((x + 0.5) / 3 - 0.5), red, 6, "x " + x);
        }
    }

    @Test
    void whatHangsOnThePixelsIsScaledAlong() {
        ImagePlus image = IJ.createImage("data", "16-bit ramp", 30, 20, 3);
        image.setRoi(new Roi(4, 6, 10, 8));
        image.setOverlay(new Overlay(new Roi(2, 2, 4, 4)));
        image.setProp("Stain", "DAPI");
        image.setProperty("Info", "Taken on Monday");
        image.getStack().setSliceLabel("second", 2);
        image.getProcessor().setLut(LUT.createLutFromColor(Color.GREEN));
        image.setDisplayRange(100, 4000);
        image.setSlice(3);
        image.getCalibration().setUnit("micron");
        image.getCalibration().pixelWidth = 0.5;
        image.getCalibration().pixelHeight = 0.25;
        image.getCalibration().pixelDepth = 2;
        image.getCalibration().xOrigin = 10;
        ImagePlus made = ScaledImage.of(image, slices(image, "all"), new Size(60, 80));
        assertEquals(0.25, made.getCalibration().pixelWidth);
        assertEquals(0.0625, made.getCalibration().pixelHeight);
        assertEquals(2, made.getCalibration().pixelDepth);
        assertEquals(image.getCalibration().getX(14), made.getCalibration().getX(28));
        assertEquals(new Roi(8, 24, 20, 32).getBounds(), made.getRoi().getBounds());
        assertEquals(new Roi(4, 8, 8, 16).getBounds(), made.getOverlay().get(0).getBounds());
        assertEquals(new Roi(2, 2, 4, 4).getBounds(), image.getOverlay().get(0).getBounds());
        assertEquals("DAPI", made.getProp("Stain"));
        assertTrue(made.getInfoProperty().startsWith("Taken on Monday"));
        assertEquals("second", made.getStack().getSliceLabel(2));
        assertEquals(100, made.getDisplayRangeMin());
        assertEquals(4000, made.getDisplayRangeMax());
        assertEquals(image.getProcessor().getColorModel(), made.getProcessor().getColorModel());
        assertEquals(3, made.getCurrentSlice());
        ImagePlus part = ScaledImage.of(image, slices(image, "2"), new Size(60, 80));
        assertEquals("second", part.getProp("Slice_Label"));
        assertEquals(null, part.getOverlay());
    }

    @Test
    void pixelsWithoutAScaleKeepNone() {
        ImagePlus image = IJ.createImage("data", "8-bit ramp", 30, 20, 1);
        assertFalse(ScaledImage.of(image, slices(image, "all"), SIZE)
                .getCalibration()
                .scaled());
    }

    @ParameterizedTest
    @ValueSource(ints = {CompositeImage.COMPOSITE, CompositeImage.COLOR, CompositeImage.GRAYSCALE})
    void aPartOfAHyperstackKeepsItsDimensionsLutsAndRanges(int mode) {
        ImagePlus channels = IJ.createImage("cells", "16-bit ramp", 20, 16, 18);
        channels.setDimensions(3, 3, 2);
        CompositeImage image = new CompositeImage(channels, mode);
        image.setOpenAsHyperStack(true);
        Color[] colors = {Color.MAGENTA, Color.CYAN, Color.YELLOW};
        for (int channel = 1; channel <= 3; channel++) {
            image.setChannelLut(LUT.createLutFromColor(colors[channel - 1]), channel);
            image.setPositionWithoutUpdate(channel, 2, 1);
            image.setDisplayRange(channel, 1000 * channel);
        }
        StackPart part = new StackPart.Hyperstack(AxisPart.of("2-3"), AxisPart.of("1,3"), AxisPart.ALL);
        ImagePlus made = ScaledImage.of(image, part.positions(image), SIZE);
        assertArrayEquals(new int[] {33, 20, 2, 2, 2}, made.getDimensions());
        assertTrue(made.isHyperStack());
        assertEquals(mode, ((CompositeImage) made).getMode());
        for (int channel = 1; channel <= 2; channel++) {
            LUT before = image.getLuts()[channel];
            LUT after = made.getLuts()[channel - 1];
            assertArrayEquals(before.getBytes(), after.getBytes(), "channel " + channel);
            assertEquals(before.min, after.min, "channel " + channel);
            assertEquals(before.max, after.max, "channel " + channel);
        }
        StackPart one = new StackPart.Hyperstack(AxisPart.of("2"), AxisPart.ALL, AxisPart.of("1"));
        ImagePlus single = ScaledImage.of(image, one.positions(image), SIZE);
        assertArrayEquals(new int[] {33, 20, 1, 3, 1}, single.getDimensions());
        assertEquals(2000, single.getDisplayRangeMax());
    }

    @Test
    void whatDoesNotFitIntoMemoryIsRefused() {
        ImagePlus image = IJ.createImage("data", "32-bit", 8, 8, 200);
        RequestException e = assertThrows(
                RequestException.class, () -> ScaledImage.of(image, slices(image, "all"), new Size(16_000, 16_000)));
        assertTrue(
                e.getMessage()
                        .matches("size: 16000x16000x200: expected at most the \\d+ MB of memory that ImageJ has"
                                + " left, found a need of 230400 MB"),
                e.getMessage());
    }
}
