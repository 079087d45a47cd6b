package sc.fiji.diffusion.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.Menus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.plugin.frame.Recorder;
import java.awt.Component;
import java.awt.Container;
import java.awt.Point;
import java.awt.Robot;
import java.awt.TextArea;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a person sees of Replay. */
class ReplayDialogTest extends ImageJTest {

    private static final String SAME = "the same to the bit";
    private static final String BEADS =
            "run('Text to Image...', 'steps=4 seed=11 width=64 height=64 prompt=[many beads]');";
    private static final int MOMENT_MILLIS = 1_500;

    @Test
    void aPersonSeesWhatWillBeDoneAndIsRecorded() throws Exception {
        InstalledImageJ.run(BEADS);
        Recorder recorder = new Recorder();
        IJ.doCommand("Replay...");
        GenericDialog dialog = InstalledImageJ.dialog();
        String plan = areas(dialog).get(0).getText();
        assertTrue(plan.startsWith("text to image: many beads\n    seed 11, 4 steps, "), plan);
        assertTrue(plan.endsWith("It will be the same to the bit.\n"), plan);
        InstalledImageJ.press(dialog.getButtons()[0]);
        InstalledImageJ.await("the second picture", () -> WindowManager.getImageCount() == 2);
        InstalledImageJ.awaitStatus("Replay: " + SAME);
        InstalledImageJ.await("a recorded line", () -> recorder.getText().contains("Replay..."));
        assertEquals(
                "run(\"Replay...\");", recorder.getText().lines().findFirst().orElse(""));
        recorder.close();
    }

    @Test
    void theVerdictStaysThoughTheWindowOpensUnderTheMouse() throws Exception {
        InstalledImageJ.run(BEADS);
        Point corner = WindowManager.getCurrentImage().getCanvas().getLocationOnScreen();
        Robot mouse = new Robot();
        mouse.mouseMove(corner.x + 40, corner.y + 40);
        try {
            IJ.doCommand("Replay...");
            InstalledImageJ.press(InstalledImageJ.dialog().getButtons()[0]);
            InstalledImageJ.await("the second picture", () -> WindowManager.getImageCount() == 2);
            IJ.wait(MOMENT_MILLIS);
            assertEquals("Replay: " + SAME, InstalledImageJ.awaitStatus("Replay: "));
        } finally {
            mouse.mouseMove(0, 0);
        }
    }

    private static List<TextArea> areas(Container container) {
        List<TextArea> found = new ArrayList<>();
        for (Component component : container.getComponents()) {
            if (component instanceof TextArea area) {
                found.add(area);
            } else if (component instanceof Container inner) {
                found.addAll(areas(inner));
            }
        }
        return found;
    }

    @Test
    void theKeysNeverChange() {
        assertEquals("Replay...", ReplayForm.FORM.command());
        assertEquals(List.of("model"), ReplayForm.FORM.keys());
        assertEquals(List.of("save"), SaveWithProvenancePlugIn.FORM.keys());
        for (String key : ReplayForm.FORM.keys()) {
            assertTrue(HelpPage.html("replay.html").contains("<tt>" + key + "</tt>"), key);
        }
        assertEquals(ReplayPlugIn.class.getName(), Menus.getCommands().get("Replay..."));
        assertEquals(ShowProvenancePlugIn.class.getName(), Menus.getCommands().get("Show Provenance"));
        assertEquals(
                SaveWithProvenancePlugIn.class.getName(), Menus.getCommands().get("Save with Provenance..."));
    }
}
