package sc.fiji.diffusion.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.Prefs;
import ij.WindowManager;
import ij.gui.GenericDialog;
import java.awt.TextField;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Variations and Interpolate in macros, as ImageJ's own interpreter runs them. */
class BlendMacroTest extends ImageJTest {

    private static final String SMALL = "width=64 height=64 steps=3 ";

    @Test
    void aWalkIsAStackOverTimeWhoseEndsAreThePictures() throws Exception {
        InstalledImageJ.run("run('Text to Image...', '" + SMALL + "seed=3 prompt=[red beads]');\n"
                + "run('Text to Image...', '" + SMALL + "seed=4 prompt=[blue beads]');\n"
                + "run('Interpolate...', '" + SMALL
                + "frames=5 interval=0.25 seeds=3,4 prompt=[red beads | blue beads]');\n"
                + "Stack.getDimensions(w, h, c, z, t);\n"
                + tell("'' + c + ',' + z + ',' + t + ',' + Stack.getFrameInterval()"));
        assertEquals("1,1,5,0.25", seen());
        ImagePlus walk = WindowManager.getCurrentImage();
        int[] ids = WindowManager.getIDList();
        assertArrayEquals(pixels(WindowManager.getImage(ids[0]), 1), pixels(walk, 1));
        assertArrayEquals(pixels(WindowManager.getImage(ids[1]), 1), pixels(walk, 5));
        assertFalse(Arrays.equals(pixels(walk, 2), pixels(walk, 3)));
        assertEquals(
                "seed 3 to 4 at 0.25, red beads to blue beads at 0.25",
                walk.getStack().getSliceLabel(2));
        assertEquals(4, walk.getCalibration().fps);
        assertTrue(walk.getInfoProperty().contains("Task: interpolation\n"), walk.getInfoProperty());
    }

    @Test
    void variationsOfTheActiveImageNeedNothingButAStrength() throws Exception {
        InstalledImageJ.run("run('Text to Image...', '" + SMALL
                + "seed=3 scheduler=euler_a guidance=3 negative=[blur] count=2 prompt=[red (beads:1.2)]');\n"
                + "setSlice(2);\n"
                + "run('Variations...', 'strength=0 count=1');\n"
                + tell("getWidth() + ',' + nSlices"));
        assertEquals("64,1", seen());
        ImagePlus varied = WindowManager.getCurrentImage();
        ImagePlus original = WindowManager.getImage(WindowManager.getIDList()[0]);
        assertArrayEquals(pixels(original, 2), pixels(varied, 1));
        IJ.selectWindow(original.getID());
        InstalledImageJ.run("run('Variations...', 'strength=0.3 variationseed=8 count=3');\n" + tell("'' + nSlices"));
        assertEquals("3", seen());
        ImagePlus others = WindowManager.getCurrentImage();
        assertEquals("seed 4 to 9 at 0.3, red (beads:1.2)", others.getStack().getSliceLabel(2));
        assertFalse(Arrays.equals(pixels(original, 2), pixels(others, 1)));
        assertFalse(Arrays.equals(pixels(others, 1), pixels(others, 2)));
    }

    @Test
    void theDialogOfVariationsShowsHowTheActiveImageWasMade() throws Exception {
        Prefs.set("diffusion.variations.prompt", "typed last time");
        Prefs.set("diffusion.variations.strength", "0.7");
        InstalledImageJ.run("run('Text to Image...', '" + SMALL + "seed=31 prompt=[red beads]');\n");
        IJ.doCommand("Variations...");
        GenericDialog dialog = InstalledImageJ.dialog();
        assertEquals("red beads", ((TextField) dialog.getStringFields().get(0)).getText());
        assertEquals("0.7", ((TextField) dialog.getNumericFields().get(0)).getText());
        assertEquals("64", ((TextField) dialog.getNumericFields().get(3)).getText());
        assertEquals("31", ((TextField) dialog.getNumericFields().get(7)).getText());
        InstalledImageJ.press(dialog.getButtons()[1]);
        InstalledImageJ.await("the end of the dialog", () -> GenericDialog.getInstance() == null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "Variations...; strength=0.2; prompt: expected a prompt and a seed, or an active image that was made from a text alone",
                "Variations...; strength=2 prompt=a; strength: expected 0 (the picture itself) to 1 (another one), found 2.0",
                "Interpolate...; prompt=a; prompt: expected two or more, with | between them, or two or more seeds",
                "Interpolate...; frames=2 prompt=[a|b|c]; frames: expected 3 or more",
                "Interpolate...; seeds=1,x prompt=[a|b]; seeds: expected a whole number, found \"x\"",
                "Interpolate...; interval=0 prompt=[a|b]; interval: expected more than 0 seconds, found 0.0",
                "Interpolate...; width=100 prompt=[a|b]; width: expected a multiple of 8 for this model, such as 104, found 100"
            })
    void whatCannotBeEndsTheMacroWithOneSentence(String command, String options, String sentence) throws Exception {
        Thread macro = InstalledImageJ.start("run('" + command + "', '" + options + "');\n" + tell("'went on'"));
        GenericDialog dialog = InstalledImageJ.dialog();
        assertTrue(InstalledImageJ.textOf(dialog).contains(sentence), InstalledImageJ.textOf(dialog));
        InstalledImageJ.press(dialog.getButtons()[0]);
        macro.join(10_000);
        assertNull(seen());
    }

    private static int[] pixels(ImagePlus image, int index) {
        int[] pixels = ((int[]) image.getStack().getPixels(index)).clone();
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] &= 0xffffff;
        }
        return pixels;
    }
}
