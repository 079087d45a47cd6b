package sc.fiji.diffusion.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.Menus;
import ij.gui.GenericDialog;
import ij.plugin.frame.Recorder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.altered.AlteredPixels;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.Region;

/** The command in macros, as ImageJ's own interpreter runs them, and from the menu. */
class ShowGeneratedPixelsTest extends ImageJTest {

    private static final String COMMAND = "run('Show Generated Pixels');\n";

    @Test
    void theCommandIsInTheMenu() {
        assertEquals(
                ShowGeneratedPixelsPlugIn.class.getName(), Menus.getCommands().get("Show Generated Pixels"));
    }

    @Test
    void aMacroGetsTheMask() throws Exception {
        altered().show();
        InstalledImageJ.run(COMMAND
                + "Stack.getDimensions(w, h, c, z, t); Stack.setPosition(2, 3, 1); getPixelSize(unit, pw, ph);\n"
                + tell("getTitle()+';'+bitDepth()+';'+c+';'+z+';'+t+';'+unit+';'+getPixel(5,5)+';'+getPixel(6,5)"));
        assertEquals("Generated pixels of cells;8;2;3;1;nm;255;0", seen());
    }

    @Test
    void aFileThatWasSavedAndOpenedStillKnowsThem() throws Exception {
        altered().show();
        Path file = folder.resolve("cells.tif");
        InstalledImageJ.run("saveAs('tiff', '" + file + "');\nclose();\nopen('" + file + "');\n" + COMMAND
                + "Stack.setPosition(2, 3, 1);\n" + tell("getTitle() + ';' + getPixel(5, 5) + ';' + getPixel(3, 5)"));
        assertEquals("Generated pixels of cells.tif;255;0", seen());
    }

    @Test
    void inBatchModeNothingIsShown() throws Exception {
        altered().show();
        InstalledImageJ.run("setBatchMode(true);\n" + COMMAND + tell("getTitle() + ';' + nSlices"));
        assertEquals("Generated pixels of cells;6", seen());
    }

    @Test
    void withoutSuchPixelsTheMacroEndsWithOneSentence() throws Exception {
        Thread macro = InstalledImageJ.start("newImage('measured', '8-bit', 8, 8, 1);\n" + COMMAND + tell("'went on'"));
        GenericDialog dialog = InstalledImageJ.dialog();
        String message = InstalledImageJ.textOf(dialog);
        assertTrue(message.startsWith("image: expected generated pixels in measured, found none"), message);
        InstalledImageJ.press(dialog.getButtons()[0]);
        macro.join(10_000);
        assertNull(seen());
    }

    @Test
    void theMenuCommandIsRecorded() throws Exception {
        altered().show();
        Recorder recorder = new Recorder();
        IJ.doCommand("Show Generated Pixels");
        InstalledImageJ.await("a recorded line", () -> recorder.getText().contains("run(\"Show Generated Pixels\");"));
        recorder.close();
    }

    private static ImagePlus altered() {
        ImagePlus image = IJ.createHyperStack("cells", 12, 9, 2, 3, 1, 16);
        image.getCalibration().setUnit("nm");
        image.getCalibration().pixelWidth = 65;
        AlteredPixels pixels = AlteredPixels.of(image);
        pixels.add(image.getStackIndex(2, 3, 1), Mask.of(new Region(4, 4, 2, 2), 12, 9));
        pixels.keepIn(image);
        return image;
    }
}
