package sc.fiji.diffusion.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.Menus;
import ij.Prefs;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.plugin.frame.Recorder;
import java.awt.EventQueue;
import java.awt.TextField;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command as people use it: from the menu, through the dialog, with the recorder. */
class TextToImageDialogTest extends ImageJTest {

    @AfterEach
    void closeRecorder() throws Exception {
        EventQueue.invokeAndWait(() -> {
            if (Recorder.getInstance() != null) {
                Recorder.getInstance().close();
            }
        });
    }

    @Test
    void theCommandIsInTheMenu() {
        assertEquals(TextToImagePlugIn.class.getName(), Menus.getCommands().get("Text to Image..."));
    }

    @Test
    void escapeCancelsWhatAPersonStarted() throws Exception {
        IJ.doCommand("Text to Image...");
        GenericDialog dialog = InstalledImageJ.dialog();
        type(dialog, "nuclei", 900);
        InstalledImageJ.press(dialog.getButtons()[0]);
        InstalledImageJ.awaitStatus("Denoising: ");
        imageJ.pressEscape();
        InstalledImageJ.awaitStatus("Text to Image: cancelled");
        assertEquals(0, WindowManager.getWindowCount());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a ] \"b\" \\\\ [c, steps=9",
                "a ((red:1.3) [dim] cell) \\(x\\) \\[y\\] BREAK [from:to:0.5], [[b]]",
                "\\[",
                "grüne 细胞 😀"
            })
    void whatAPersonTypesIsRecordedAndReplayed(String prompt) throws Exception {
        IJ.showStatus("");
        Recorder recorder = new Recorder();
        IJ.doCommand("Text to Image...");
        GenericDialog dialog = InstalledImageJ.dialog();
        type(dialog, prompt, 2);
        InstalledImageJ.press(dialog.getButtons()[0]);
        ImagePlus typed = InstalledImageJ.awaitPicture();
        InstalledImageJ.awaitStatus("Text to Image: seed 77");
        assertEquals("2", Prefs.get("diffusion.text-to-image.steps", ""));
        InstalledImageJ.await("a recorded line", () -> recorder.getText().contains("prompt="));
        // ImageJ warns of letters beyond ASCII in a further line, which is no macro.
        String line = recorder.getText().lines().findFirst().orElseThrow();
        assertTrue(
                line.startsWith("run(\"Text to Image...\", \"model=micrograph width=64 height=64 steps=2 guidance=2.0"
                        + " scheduler=default seed=77 count=1 negative=[] prompt=["),
                line);

        InstalledImageJ.run(line + tell("getTitle()"));
        ImagePlus replayed = WindowManager.getCurrentImage();
        assertEquals(typed.getTitle() + "-1", seen());
        assertArrayEquals((int[]) typed.getProcessor().getPixels(), (int[])
                replayed.getProcessor().getPixels());
        assertTrue(replayed.getInfoProperty().contains("Prompt: " + prompt + "\n"), line);
    }

    @Test
    void aSizeThatTheModelCanNotMakeIsRefusedWhileItIsTyped() throws Exception {
        IJ.doCommand("Text to Image...");
        GenericDialog dialog = InstalledImageJ.dialog();
        EventQueue.invokeAndWait(() -> textField(dialog.getNumericFields(), 0).setText("101"));
        InstalledImageJ.await("a greyed OK", () -> !dialog.getButtons()[0].isEnabled());
        assertTrue(InstalledImageJ.textOf(dialog).startsWith("width: expected a multiple of"));
        EventQueue.invokeAndWait(() -> textField(dialog.getNumericFields(), 0).setText("64"));
        InstalledImageJ.await("a usable OK", () -> dialog.getButtons()[0].isEnabled());
        InstalledImageJ.press(dialog.getButtons()[1]);
        InstalledImageJ.await("the end of the dialog", () -> GenericDialog.getInstance() == null);
        // Or else it would still forget what the recorder has when the next test has opened it.
        InstalledImageJ.await("the end of the command", () -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("Text to Image...")));
        assertEquals(0, WindowManager.getWindowCount());
    }

    private static void type(GenericDialog dialog, String prompt, int steps) throws Exception {
        EventQueue.invokeAndWait(() -> {
            textField(dialog.getStringFields(), 0).setText(prompt);
            textField(dialog.getNumericFields(), 0).setText("64");
            textField(dialog.getNumericFields(), 1).setText("64");
            textField(dialog.getNumericFields(), 2).setText(Integer.toString(steps));
            textField(dialog.getNumericFields(), 4).setText("77");
        });
        InstalledImageJ.await("a usable OK", () -> dialog.getButtons()[0].isEnabled());
    }

    private static TextField textField(List<?> fields, int index) {
        return (TextField) fields.get(index);
    }
}
