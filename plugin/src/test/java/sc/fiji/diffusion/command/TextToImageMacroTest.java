package sc.fiji.diffusion.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The command in macros, as ImageJ's own interpreter runs them. */
class TextToImageMacroTest extends ImageJTest {

    private static final String SMALL = "width=64 height=64 steps=2 ";

    @Test
    void aMacroGetsAStackThatIsItsActiveImage() throws Exception {
        InstalledImageJ.run("run('Text to Image...', '" + SMALL + "seed=42 count=3 prompt=[many green nuclei]');\n"
                + tell("getTitle() + ',' + nSlices + ',' + getWidth() + ',' + bitDepth()"));
        assertEquals("many green nuclei,3,64,24", seen());
        ImagePlus image = WindowManager.getCurrentImage();
        assertEquals("seed 42", image.getStack().getSliceLabel(1));
        assertEquals("seed 44", image.getStack().getSliceLabel(3));
        assertTrue(image.getInfoProperty().contains("Prompt: many green nuclei\n"), image.getInfoProperty());
        assertTrue(image.getInfoProperty().contains("Model SHA-256: "), image.getInfoProperty());
        for (int slice = 1; slice <= 3; slice++) {
            assertTrue(image.getStack().getProcessor(slice).getStats().stdDev > 1, "flat slice " + slice);
        }
    }

    @Test
    void wordsOfThePromptChangeNothingElse() throws Exception {
        InstalledImageJ.run(
                "run('Text to Image...', 'width=64 seed=7 steps=1 prompt=[height=8 width=999 steps=9 seed=3 append]');"
                        + tell("getInfo('slice.label') + ',' + getWidth()"));
        assertEquals("seed 7,64", seen());
        String info = WindowManager.getCurrentImage().getInfoProperty();
        assertTrue(info.contains("Prompt: height=8 width=999 steps=9 seed=3 append\n"), info);
        assertTrue(info.contains("Steps: 1\n"), info);
    }

    @Test
    void theWholePromptArrivesFromAVariable() throws Exception {
        InstalledImageJ.run("text = 'a ] \"b\" [ steps=1';\nrun('Text to Image...', '" + SMALL + "prompt=&text');");
        String info = WindowManager.getCurrentImage().getInfoProperty();
        assertTrue(info.contains("Prompt: a ] \"b\" [ steps=1\n"), info);
    }

    @Test
    void bracketsOfThePromptKeepTheirMeaning() throws Exception {
        InstalledImageJ.run("run('Text to Image...', '" + SMALL
                + "prompt=[(red:1.3) [dim] beads BREAK \\\\(x\\\\) \\\\\\\\[y\\\\\\\\]]');");
        String info = WindowManager.getCurrentImage().getInfoProperty();
        assertTrue(info.contains("Prompt: (red:1.3) [dim] beads BREAK \\(x\\) \\[y\\]\n"), info);
        assertTrue(info.contains("Prompt syntax: weighted\n"), info);
    }

    @Test
    void aMacroFileInUtf8KeepsTheLettersOfAnyLanguage() throws Exception {
        Path macro = Files.writeString(
                folder.resolve("letters.ijm"),
                "run('Text to Image...', '" + SMALL + "negative=[blaß] prompt=[grüne 细胞 😀 e\u0301]');");
        IJ.runMacroFile(macro.toString(), "");
        String info = WindowManager.getCurrentImage().getInfoProperty();
        assertTrue(info.contains("Prompt: grüne 细胞 😀 e\u0301\nNegative prompt: blaß\n"), info);
    }

    @Test
    void batchModeShowsNoWindow() throws Exception {
        InstalledImageJ.run("setBatchMode(true);\nrun('Text to Image...', '" + SMALL + "count=2 prompt=nuclei');\n"
                + tell("getTitle() + ',' + nSlices + ',' + nImages"));
        assertEquals("nuclei,2,1", seen());
        assertEquals(0, WindowManager.getWindowCount());
    }

    @Test
    void slicesAreAppendedWhereSizesMatch() throws Exception {
        InstalledImageJ.run("run('Text to Image...', '" + SMALL + "seed=1 prompt=first');\n"
                + "run('Text to Image...', '" + SMALL + "seed=2 count=2 append prompt=second');\n"
                + tell("getTitle() + ',' + nSlices + ',' + nImages + ',' + getInfo('slice.label')"));
        assertEquals("first,3,1,seed 2", seen());
        String info = WindowManager.getCurrentImage().getInfoProperty();
        assertTrue(info.contains("Prompt: first\n") && info.contains("Prompt: second\n"), info);
    }

    @Test
    void anErrorStopsTheMacroWithOneSentence() throws Exception {
        Thread macro = InstalledImageJ.start("newImage('small', 'RGB', 8, 8, 2);\n" + "run('Text to Image...', '"
                + SMALL + "append prompt=nuclei');\n" + tell("'went on'"));
        GenericDialog dialog = InstalledImageJ.dialog();
        String message = InstalledImageJ.textOf(dialog);
        assertTrue(
                message.startsWith("append: expected an open RGB image or stack of 64x64 pixels, found 8x8"), message);
        InstalledImageJ.press(dialog.getButtons()[0]);
        macro.join(10_000);
        assertNull(seen());
        assertEquals(2, WindowManager.getImage("small").getStackSize());
        assertEquals(1, WindowManager.getWindowCount());
    }

    @Test
    void escapeCancelsAndEndsTheMacroWithNothingChanged() throws Exception {
        Thread macro = InstalledImageJ.start("newImage('open', 'RGB', 64, 64, 1);\n"
                + "run('Text to Image...', 'width=64 height=64 steps=900 count=9 append prompt=nuclei');\n"
                + tell("'went on'"));
        InstalledImageJ.awaitStatus("Denoising: ");
        imageJ.pressEscape();
        macro.join(10_000);
        assertFalse(macro.isAlive());
        assertNull(seen());
        assertEquals(1, WindowManager.getImage("open").getStackSize());
        assertEquals(1, WindowManager.getWindowCount());
    }

    @Test
    void theExampleMacroMakesAnImageAndWritesItWhereAsked() throws Exception {
        Path macro = Path.of("..", "macros", "Text_to_Image.ijm").toRealPath();
        Path output = folder.resolve("example.png");
        IJ.runMacroFile(macro.toString(), "a few red beads\n" + output);
        assertTrue(WindowManager.getCurrentImage().getInfoProperty().contains("Prompt: a few red beads\n"));
        assertTrue(Files.size(output) > 100);
    }
}
