package sc.fiji.diffusion.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.ImageStack;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.process.ImageProcessor;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sc.fiji.diffusion.altered.AlteredPixels;
import sc.fiji.diffusion.canvas.CanvasBorder;
import sc.fiji.diffusion.canvas.ExpandedCanvas;

/** Expand Canvas in macros, as ImageJ's own interpreter runs them. */
class ExpandCanvasMacroTest extends ImageJTest {

    private static final String OPTIONS = "left=12 right=7 top=9 steps=2 seed=1 prompt=[green nuclei]";

    @ParameterizedTest
    @CsvSource({"8-bit ramp, 3", "16-bit composite-mode, 2", "RGB ramp, 1", "32-bit noise, 1"})
    void aLargerCopyIsMadeAndNoOldPixelChanges(String type, int slices) throws Exception {
        String dimensions = type.contains("composite") ? "2, 1, " + slices : Integer.toString(slices);
        InstalledImageJ.run("newImage('data', '" + type + "', 50, 43, " + dimensions + ");\n");
        ImagePlus image = WindowManager.getCurrentImage();
        for (int index = 1; index <= image.getStackSize(); index++) {
            ImageProcessor pixels = image.getStack().getProcessor(index);
            if (pixels.getBitDepth() == 32) {
                pixels.setf(0, Float.NaN);
                pixels.setf(77, Float.NEGATIVE_INFINITY);
            } else if (pixels.getBitDepth() == 16) {
                pixels.set(10_000);
                pixels.noise(4000);
            }
        }
        ImageStack before = image.getStack().duplicate();
        image.changes = false;
        InstalledImageJ.run("run('Expand Canvas...', '" + OPTIONS + "');\n"
                + tell("getTitle() + ',' + getWidth() + ',' + getHeight() + ',' + nImages"));
        assertEquals("Expanded data,69,52,2", seen());
        ImagePlus made = WindowManager.getCurrentImage();
        assertEquals(image.getType(), made.getType());
        assertEquals(image.isComposite(), made.isComposite());
        assertOldPixels(before, image.getStack(), 0, 0);
        assertOldPixels(before, made.getStack(), 12, 9);
        assertFalse(image.changes);
        assertTrue(made.changes);
        assertTheBorderIsMade(image, made);
        AlteredPixels altered = AlteredPixels.of(made);
        assertEquals((long) before.size() * (69 * 52 - 50 * 43), altered.count());
        assertNull(image.getProp("Diffusion generated pixels"));
        String info = made.getInfoProperty();
        assertTrue(
                info.contains("border of 12 pixels on the left, 7 on the right, 9 at the top, 0 at the bottom")
                        && info.contains("Prompt: green nuclei\n")
                        && info.contains("not measured"),
                info);
    }

    @Test
    void allSidesOrOneGrow() throws Exception {
        InstalledImageJ.run("newImage('data', '8-bit ramp', 40, 30, 1);\n"
                + "run('Expand Canvas...', 'bottom=1 steps=2 seed=1 prompt=nuclei');\n"
                + "run('Expand Canvas...', 'left=8 right=8 top=8 bottom=8 steps=2 seed=1 prompt=nuclei');\n"
                + tell("getTitle() + ',' + getWidth() + ',' + getHeight()"));
        assertEquals("Expanded Expanded data,56,47", seen());
        // The row of the first run is still known.
        assertEquals(
                56 * 47 - 40 * 30,
                AlteredPixels.of(WindowManager.getCurrentImage()).count());
    }

    @ParameterizedTest
    @CsvSource({
        "prompt=nuclei, 'left, right, top, bottom: expected one above 0 pixels, found none'",
        "left=-3 right=9, 'left: expected 0 or more pixels, found -3'",
        "top=16384, 'canvas: expected at most 16384 pixels on a side, found 40x16414'"
    })
    void whatCannotBeEndsTheMacroWithOneSentence(String options, String sentence) throws Exception {
        Thread macro = InstalledImageJ.start("newImage('data', '8-bit ramp', 40, 30, 1);\n"
                + "run('Expand Canvas...', '" + options + "');\n" + tell("'went on'"));
        GenericDialog dialog = InstalledImageJ.dialog();
        assertTrue(InstalledImageJ.textOf(dialog).contains(sentence), InstalledImageJ.textOf(dialog));
        InstalledImageJ.press(dialog.getButtons()[0]);
        macro.join(10_000);
        assertNull(seen());
        assertEquals(1, WindowManager.getImageCount());
    }

    @Test
    void escapeLeavesNothingHalfMade() throws Exception {
        InstalledImageJ.run("newImage('data', '8-bit ramp', 64, 64, 2);\n");
        Thread macro = InstalledImageJ.start(
                "run('Expand Canvas...', 'left=20 steps=1000 seed=1 prompt=nuclei');\n" + tell("'went on'"));
        InstalledImageJ.awaitStatus("Denoising");
        imageJ.pressEscape();
        macro.join(20_000);
        assertFalse(macro.isAlive());
        assertNull(seen());
        assertEquals(1, WindowManager.getImageCount());
    }

    private static void assertOldPixels(ImageStack before, ImageStack after, int left, int top) {
        for (int index = 0; index < before.size(); index++) {
            for (int y = 0; y < before.getHeight(); y++) {
                for (int x = 0; x < before.getWidth(); x++) {
                    assertEquals(
                            Double.doubleToRawLongBits(before.getVoxel(x, y, index)),
                            Double.doubleToRawLongBits(after.getVoxel(x + left, y + top, index)),
                            "x " + x + ", y " + y + ", slice " + (index + 1));
                }
            }
        }
    }

    /** Finite everywhere, of many values, and not what the edge alone would give. */
    private static void assertTheBorderIsMade(ImagePlus image, ImagePlus made) {
        ImagePlus continued = ExpandedCanvas.of(image, new CanvasBorder(12, 7, 9, 0));
        for (int index = 0; index < made.getStackSize(); index++) {
            Set<Double> values = new HashSet<>();
            int changed = 0;
            for (int y = 0; y < 52; y++) {
                for (int x = 0; x < 69; x++) {
                    if (y < 9 || x < 12 || x >= 62) {
                        double value = made.getStack().getVoxel(x, y, index);
                        assertTrue(Double.isFinite(value), "x " + x + ", y " + y + ", slice " + (index + 1));
                        values.add(value);
                        changed += value == continued.getStack().getVoxel(x, y, index) ? 0 : 1;
                    }
                }
            }
            assertTrue(values.size() > 10, values.size() + " values in slice " + (index + 1));
            assertTrue(changed > 500, changed + " new pixels in slice " + (index + 1));
        }
    }
}
