package sc.fiji.diffusion.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.Prefs;
import ij.gui.GenericDialog;
import ij.gui.Roi;
import ij.gui.Toolbar;
import ij.plugin.MacroInstaller;
import java.awt.Point;
import java.awt.TextField;
import java.awt.event.MouseEvent;
import java.awt.geom.Line2D;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sc.fiji.diffusion.altered.AlteredPixels;

/** The brush of the toolset, as a person uses it: in ImageJ's toolbar, with a mouse. */
class InpaintBrushTest extends ImageJTest {

    private static final String BRUSH = "Inpaint Brush Tool";
    private static final int WIDTH = 14;
    private static final Point[] STROKE = {new Point(20, 16), new Point(24, 18), new Point(52, 30), new Point(44, 40)};

    @BeforeEach
    void takeTheBrush() throws Exception {
        setting("width", Integer.toString(WIDTH));
        setting("steps", "2");
        setting("seed", "1");
        setting("prompt", "green nuclei");
        new MacroInstaller().run(toolset());
        Mouse.clickTool(BRUSH);
        awaitEnd("Inpaint Brush Tool Selected");
        assertEquals(Toolbar.CUSTOM1, Toolbar.getToolId());
        // A second click soon after would be a double click.
        IJ.wait(Toolbar.DOUBLE_CLICK_THRESHOLD + 50);
    }

    @ParameterizedTest
    @CsvSource({"8-bit ramp, 3, 100", "16-bit ramp, 1, 300", "32-bit noise, 2, 50", "RGB ramp, 1, 200"})
    void whatIsPaintedInTheSliceThatIsShownIsMadeAnewAndNothingElse(String type, int slices, int zoom)
            throws Exception {
        ImagePlus image = shown(type, slices);
        image.setSlice(slices);
        IJ.run(image, "Set... ", "zoom=" + zoom);
        ImageStack before = image.getStack().duplicate();
        Mouse.stroke(image, STROKE);
        awaitEnd(BRUSH);
        // From a pixel of the screen to the one beside it, and the disc's own corners.
        double slack = 1 + 1 / Math.min(1, image.getCanvas().getMagnification()) * 2;
        int changed = 0;
        for (int slice = 1; slice <= slices; slice++) {
            for (int y = 0; y < before.getHeight(); y++) {
                for (int x = 0; x < before.getWidth(); x++) {
                    String where = "x " + x + ", y " + y + ", slice " + slice;
                    double was = before.getVoxel(x, y, slice - 1);
                    double is = image.getStack().getVoxel(x, y, slice - 1);
                    boolean generated = isGenerated(image, x, y, slice);
                    double distance = distance(x, y);
                    if (slice == slices && distance < WIDTH / 2.0 - slack) {
                        assertTrue(generated, where);
                    } else if (slice != slices || distance > WIDTH / 2.0 + slack) {
                        assertFalse(generated, where);
                    }
                    if (!generated) {
                        assertEquals(Double.doubleToRawLongBits(was), Double.doubleToRawLongBits(is), where);
                    } else if (was != is) {
                        changed++;
                    }
                }
            }
        }
        assertTrue(changed > 200, changed + " pixels changed");
        assertNull(image.getRoi());
        assertEquals(slices, image.getCurrentSlice());
        assertTrue(image.getInfoProperty().contains("Prompt: green nuclei\n"), image.getInfoProperty());
    }

    @Test
    void aClickPaintsADiscAndKeepsTheSelection() throws Exception {
        ImagePlus image = shown("8-bit ramp", 1);
        image.setRoi(new Roi(3, 4, 50, 30));
        image.getRoi().setName("cell");
        Mouse.at(image, MouseEvent.MOUSE_PRESSED, new Point(30, 25));
        Mouse.at(image, MouseEvent.MOUSE_RELEASED, new Point(30, 25));
        awaitEnd(BRUSH);
        assertEquals("cell", image.getRoi().getName());
        assertEquals(new Roi(3, 4, 50, 30).getBounds(), image.getRoi().getBounds());
        long count = AlteredPixels.of(image).count();
        assertEquals(Math.PI * WIDTH * WIDTH / 4, (double) count, 12);
        IJ.run(image, "Restore Selection", "");
        assertEquals(count, image.getStatistics().pixelCount, "Restore Selection selects what was painted");
    }

    @Test
    void undoTakesTheLastStrokeBackInOneSliceOfAStack() throws Exception {
        ImagePlus image = shown("16-bit ramp", 2);
        short[] before = ((short[]) image.getProcessor().getPixels()).clone();
        Mouse.stroke(image, STROKE);
        awaitEnd(BRUSH);
        assertFalse(Arrays.equals(before, (short[]) image.getStack().getPixels(1)));
        IJ.doCommand("Undo");
        InstalledImageJ.await(
                "the pixels back",
                () -> Arrays.equals(before, (short[]) image.getStack().getPixels(1)));
        assertTrue(AlteredPixels.of(image).isEmpty(), "nothing is generated any more");
        assertFalse(Prefs.supportMacroUndo, "left as it was");
    }

    @Test
    void aLockedImageIsRefusedInOneSentenceAndStaysAsItIs() throws Exception {
        ImagePlus image = shown("8-bit ramp", 1);
        byte[] before = ((byte[]) image.getProcessor().getPixels()).clone();
        assertTrue(image.lockSilently());
        try {
            Mouse.stroke(image, STROKE);
            GenericDialog dialog = InstalledImageJ.dialog();
            String message = InstalledImageJ.textOf(dialog);
            assertTrue(message.startsWith("image: expected data to be free, found it locked"), message);
            InstalledImageJ.press(dialog.getButtons()[0]);
            awaitEnd(BRUSH);
        } finally {
            image.unlock();
        }
        assertArrayEquals(before, (byte[]) image.getProcessor().getPixels());
        assertTrue(image.getRoi().contains(STROKE[0].x, STROKE[0].y), "what was painted is selected");
    }

    @Test
    void theFirstStrokeAsksForThePromptAndADoubleClickAsksAgain() throws Exception {
        for (String key : new String[] {"width", "steps", "seed", "prompt"}) {
            setting(key, null);
        }
        ImagePlus image = shown("8-bit ramp", 1);
        Mouse.stroke(image, STROKE);
        GenericDialog dialog = InstalledImageJ.dialog();
        assertEquals("Inpaint Brush", dialog.getTitle());
        ((TextField) dialog.getStringFields().get(0)).setText("magenta \"beads\", steps=9 [");
        ((TextField) dialog.getNumericFields().get(2)).setText("2");
        InstalledImageJ.press(dialog.getButtons()[0]);
        awaitEnd(BRUSH);
        String info = image.getInfoProperty();
        assertTrue(info.contains("Prompt: magenta \"beads\", steps=9 [\n"), info);
        assertEquals("2", Prefs.get("diffusion.inpaint-brush.steps", ""));

        // Two clicks may lie too far apart on a busy machine; then a third is the second of two.
        InstalledImageJ.await("a double click", InpaintBrushTest::clickedOnceMore);
        GenericDialog again = InstalledImageJ.dialog();
        assertEquals(
                "magenta \"beads\", steps=9 [",
                ((TextField) again.getStringFields().get(0)).getText());
        ((TextField) again.getNumericFields().get(0)).setText("33");
        InstalledImageJ.press(again.getButtons()[0]);
        awaitEnd("Inpaint Brush Tool Options");
        assertEquals("33", Prefs.get("diffusion.inpaint-brush.width", ""));
    }

    private static String toolset() {
        return IJ.getDirectory("macros") + "toolsets/Diffusion.ijm";
    }

    private static void setting(String key, String value) {
        Prefs.set("diffusion.inpaint-brush." + key, value);
    }

    private static ImagePlus shown(String type, int slices) {
        ImagePlus image = IJ.createImage("data", type, 75, 53, slices);
        InstalledImageJ.show(image);
        return image;
    }

    /** From a pixel to the middle of the stroke. */
    private static double distance(int x, int y) {
        return IntStream.range(1, STROKE.length)
                .mapToDouble(i -> Line2D.ptSegDist(
                        STROKE[i - 1].x - 0.5, STROKE[i - 1].y - 0.5, STROKE[i].x - 0.5, STROKE[i].y - 0.5, x, y))
                .min()
                .orElseThrow();
    }

    private static boolean isGenerated(ImagePlus image, int x, int y, int slice) {
        return AlteredPixels.of(image)
                .mask(slice)
                .map(mask -> mask.at(x, y) > 0)
                .orElse(false);
    }

    /** Clicks on the brush's button; whether that was a double click. */
    private static boolean clickedOnceMore() {
        try {
            Mouse.clickTool(BRUSH);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        awaitEnd("Inpaint Brush Tool Selected");
        return isRunning("Inpaint Brush Tool Options");
    }

    private static void awaitEnd(String macro) {
        InstalledImageJ.await("the end of " + macro, () -> !isRunning(macro));
    }

    /** ImageJ names the threads of macros after them. */
    private static boolean isRunning(String macro) {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().endsWith(macro + "_Macro$"));
    }
}
