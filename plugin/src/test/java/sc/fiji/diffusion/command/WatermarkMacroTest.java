package sc.fiji.diffusion.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.Menus;
import ij.Prefs;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.measure.ResultsTable;
import ij.plugin.frame.Recorder;
import java.awt.Choice;
import java.awt.EventQueue;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.watermark.ChosenWatermark;

/** Watermark and Detect Watermark in macros, as ImageJ's own interpreter runs them, and from the menu. */
class WatermarkMacroTest extends ImageJTest {

    private static final String MAKE = "run('Text to Image...', 'steps=2 seed=4 count=2 prompt=[green nuclei]');\n";
    private static final String FOUND = "getResult('Found', nResults - 1)";

    @AfterEach
    void forgetResults() {
        ChosenWatermark.set(true);
        ResultsTable.getResultsTable().reset();
    }

    @Test
    void theCommandsAreInTheMenu() {
        assertEquals(WatermarkPlugIn.class.getName(), Menus.getCommands().get("Watermark..."));
        assertEquals(DetectWatermarkPlugIn.class.getName(), Menus.getCommands().get("Detect Watermark"));
    }

    @Test
    void theKeysNeverChange() {
        assertEquals("Watermark...", WatermarkForm.FORM.command());
        assertEquals(List.of("watermark"), WatermarkForm.FORM.keys());
        assertTrue(HelpPage.html("watermark.html").contains("<tt>watermark</tt>"));
    }

    @Test
    void aNewImageCarriesTheMarkInEverySliceAndItsInfoSaysSo() throws Exception {
        InstalledImageJ.run(MAKE + "run('Detect Watermark', 'stack');\n"
                + tell("nResults + ';' + getResult('Found', 0) + ';' + getResult('Found', 1) + ';'"
                        + " + getResultLabel(0) + ';' + getResult('Slice', 1) + ';' + getResultString('Made by', 0)"));
        assertEquals("2;1;1;green nuclei;2;Diffusion for Fiji", seen());
        String info = WindowManager.getCurrentImage().getInfoProperty();
        assertTrue(info.contains("Watermark: invisible, version 1\n"), info);
    }

    @Test
    void withoutAnOptionTheSliceThatIsShownIsLookedAt() throws Exception {
        InstalledImageJ.run(MAKE + "setSlice(2);\nrun('Detect Watermark');\n"
                + tell("nResults + ';' + getResult('Slice', 0) + ';' + " + FOUND));
        assertEquals("1;2;1", seen());
    }

    @Test
    void switchedOffNothingIsMarkedAndThatIsKept() throws Exception {
        InstalledImageJ.run("run('Watermark...', 'watermark=off');\n" + MAKE + "run('Detect Watermark');\n"
                + tell(FOUND + " + ';' + getResultString('Made by', 0)"));
        assertEquals("0;", seen());
        assertFalse(ChosenWatermark.isOn());
        assertEquals("off", Prefs.get("diffusion.watermark.watermark", ""));
        String info = WindowManager.getCurrentImage().getInfoProperty();
        assertFalse(info.contains("Watermark"), info);
    }

    @Test
    void theMarkIsFoundInAJpegFileOfHalfTheSize() throws Exception {
        Path file = folder.resolve("small.jpg");
        InstalledImageJ.run("run('Text to Image...', 'width=256 height=256 steps=2 seed=4 prompt=[green nuclei]');\n"
                + "run('Size...', 'width=128 height=128 average interpolation=Bicubic');\n"
                + "run('Input/Output...', 'jpeg=85');\nsaveAs('jpeg', '" + file + "');\nclose();\nopen('" + file
                + "');\nrun('Detect Watermark');\n" + tell(FOUND + " + ';' + d2s(getResult('Scale', 0), 1)"));
        assertEquals("1;0.5", seen());
    }

    @Test
    void whatIsInpaintedIn16BitIsMarkedWithinTheSelectionAlone() throws Exception {
        InstalledImageJ.run(
                """
                newImage('data', '16-bit ramp', 200, 180, 1);
                setMinAndMax(0, 30000);
                makeRectangle(40, 30, 120, 110);
                run('Inpaint Selection...', 'steps=2 seed=1 prompt=[green nuclei]');
                run('Detect Watermark');
                makeRectangle(0, 0, 38, 180);
                run('Detect Watermark');
                """
                        + tell("getResult('Found', 0) + ';' + getResult('Found', 1)"));
        assertEquals("1;0", seen());
    }

    @Test
    void withoutAnImageThereIsOneSentence() throws Exception {
        Thread macro = InstalledImageJ.start("run('Detect Watermark');\n" + tell("'went on'"));
        GenericDialog dialog = InstalledImageJ.dialog();
        assertTrue(InstalledImageJ.textOf(dialog).contains("image: expected an open image, found none"));
        InstalledImageJ.press(dialog.getButtons()[0]);
        macro.join(10_000);
        assertNull(seen());
    }

    @Test
    void theMenuCommandIsRecorded() throws Exception {
        IJ.createImage("measured", "8-bit ramp", 60, 60, 1).show();
        Recorder recorder = new Recorder();
        IJ.doCommand("Detect Watermark");
        InstalledImageJ.await("a recorded line", () -> recorder.getText().contains("run(\"Detect Watermark\");"));
        InstalledImageJ.awaitStatus("no watermark");
        recorder.close();
    }

    @Test
    void aPersonSwitchesItOffInTheDialog() throws Exception {
        Recorder recorder = new Recorder();
        IJ.doCommand("Watermark...");
        GenericDialog dialog = InstalledImageJ.dialog();
        EventQueue.invokeAndWait(() -> ((Choice) dialog.getChoices().get(0)).select("carries no mark"));
        InstalledImageJ.press(dialog.getButtons()[0]);
        InstalledImageJ.awaitStatus("Watermark: off");
        assertFalse(ChosenWatermark.isOn());
        InstalledImageJ.await("a recorded line", () -> recorder.getText().contains("watermark=off"));
        recorder.close();
    }
}
