package sc.fiji.diffusion.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.gui.Roi;
import ij.plugin.frame.Recorder;
import java.awt.Button;
import java.awt.Component;
import java.awt.Container;
import java.awt.EventQueue;
import java.awt.Frame;
import java.awt.TextField;
import java.awt.Window;
import java.awt.event.MouseEvent;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.swing.AbstractButton;
import javax.swing.JList;
import javax.swing.JTable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.history.History;
import sc.fiji.diffusion.queue.JobQueue;
import sc.fiji.diffusion.queue.QueuedJob;

/** Several commands at once, and what is known of them afterwards, in a real ImageJ. */
class QueueAndHistoryTest extends ImageJTest {

    private static final String QUEUE = "Diffusion Queue";
    private static final String HISTORY = "Diffusion History";

    @BeforeEach
    void forgetHistory() throws Exception {
        History.keep(true);
        History.shared().store().clear();
    }

    @AfterEach
    void closeWindows() throws Exception {
        JobQueue.shared().jobs().forEach(job -> JobQueue.shared().cancel(job.id()));
        InstalledImageJ.await("an empty queue", () -> JobQueue.shared().size() == 0);
        EventQueue.invokeAndWait(() -> {
            for (Window window : Window.getWindows()) {
                if (window instanceof Frame frame && List.of(QUEUE, HISTORY).contains(frame.getTitle())) {
                    frame.dispose();
                }
            }
        });
    }

    @Test
    void aSecondCommandWaitsAndTheWindowShowsBoth() throws Exception {
        start("first", 900);
        start("second", 2);
        Frame window = window(QUEUE);
        JTable table = find(window, JTable.class);
        InstalledImageJ.await("two rows", () -> table.getRowCount() == 2);
        InstalledImageJ.await(
                "progress", () -> table.getValueAt(0, 1).toString().startsWith("Denoising"));
        assertEquals("Text to Image: first", table.getValueAt(0, 0));
        assertEquals("Text to Image: second", table.getValueAt(1, 0));
        assertEquals("waiting", table.getValueAt(1, 1));
        click(window, "Cancel");
        InstalledImageJ.awaitPicture();
        InstalledImageJ.awaitStatus("Text to Image: seed");
        InstalledImageJ.await("an empty table", () -> table.getRowCount() == 0);
        assertEquals(1, WindowManager.getImageCount());
        assertEquals("second", WindowManager.getCurrentImage().getTitle());
    }

    @Test
    void eachIsRecordedWhenItIsOrderedBeforeWhatThePersonDoesNext() throws Exception {
        InstalledImageJ.run("run('Text to Image...', 'width=64 height=64 steps=2 seed=1 prompt=nuclei');\n");
        Recorder recorder = new Recorder();
        start("first", 900);
        InstalledImageJ.await("a line", () -> recorder.getText().contains("[first]"));
        InstalledImageJ.awaitStatus("Denoising");
        IJ.doCommand("Invert");
        InstalledImageJ.await("a line of ImageJ", () -> recorder.getText().contains("\"Invert\""));
        start("second", 900);
        InstalledImageJ.await("another line", () -> recorder.getText().contains("[second]"));
        IJ.doCommand("Text to Image...");
        GenericDialog dialog = InstalledImageJ.dialog();
        InstalledImageJ.press(dialog.getButtons()[1]);
        InstalledImageJ.await("the end of the dialog", () -> GenericDialog.getInstance() == null);
        IJ.doCommand("Flip Vertically");
        InstalledImageJ.await("the last line", () -> recorder.getText().contains("Flip"));
        assertEquals(2, JobQueue.shared().size());
        assertEquals(
                List.of("[first]", "Invert", "[second]", "Flip Vertically"),
                recorder.getText()
                        .lines()
                        .map(line -> line.replaceAll(".*prompt=(\\[.*]).*|run\\(\"(.*)\"\\);", "$1$2"))
                        .toList());
        recorder.close();
    }

    @Test
    void thatImageJAsksWhetherToQuitEndsNothing() throws Exception {
        InstalledImageJ.run("newImage('unsaved', '8-bit ramp', 64, 64, 1);\nrun('Invert');\n");
        start("first", 900);
        InstalledImageJ.awaitStatus("Denoising");
        start("second", 2);
        // While it asks, ImageJ lets nobody open a window of its menu.
        window(QUEUE);
        IJ.getInstance().quit();
        Button cancel = InstalledImageJ.awaitButton("Cancel");
        assertTrue(IJ.getInstance().quitting());
        IJ.wait(500);
        assertEquals(2, JobQueue.shared().size());
        InstalledImageJ.press(cancel);
        InstalledImageJ.await("ImageJ to stay", () -> !IJ.getInstance().quitting());
        assertEquals(2, JobQueue.shared().size());
        imageJ.pressEscape();
        InstalledImageJ.await("two images", () -> WindowManager.getImageCount() == 2);
    }

    @Test
    void escapeEndsTheJobThatRunsAndNotThoseThatWait() throws Exception {
        start("first", 900);
        InstalledImageJ.awaitStatus("Denoising");
        start("second", 2);
        start("third", 2);
        imageJ.pressEscape();
        InstalledImageJ.await("two images", () -> WindowManager.getImageCount() == 2);
    }

    @Test
    void anInpaintingThatWaitsKeepsTheSelectionItWasStartedWith() throws Exception {
        InstalledImageJ.run("run('Text to Image...', 'width=64 height=64 steps=2 seed=1 prompt=nuclei');\n");
        ImagePlus image = WindowManager.getCurrentImage();
        int[] before = ((int[]) image.getProcessor().getPixels()).clone();
        image.setRoi(new Roi(0, 0, 16, 16));
        start("Inpaint Selection...", "first", 100);
        InstalledImageJ.awaitStatus("Denoising");
        IJ.selectWindow(image.getID());
        image.setRoi(new Roi(40, 40, 16, 16));
        start("Inpaint Selection...", "second", 4);
        InstalledImageJ.await("two jobs", () -> JobQueue.shared().size() == 2);
        image.deleteRoi();
        InstalledImageJ.await("the end", () -> JobQueue.shared().size() == 0);
        int[] after = (int[]) image.getProcessor().getPixels();
        assertTrue(differ(before, after, 4, 4, 8) > 0, "first selection");
        assertTrue(differ(before, after, 44, 44, 8) > 0, "second selection");
        assertEquals(0, differ(before, after, 44, 4, 16), "elsewhere");
    }

    @Test
    void anImageThatChangedMeanwhileIsLeftAloneInOneSentence() throws Exception {
        InstalledImageJ.run("run('Text to Image...', 'width=64 height=64 steps=2 seed=1 prompt=nuclei');\n");
        ImagePlus image = WindowManager.getCurrentImage();
        start("first", 900);
        InstalledImageJ.awaitStatus("Denoising");
        IJ.selectWindow(image.getID());
        image.setRoi(new Roi(0, 0, 16, 16));
        start("Inpaint Selection...", "second", 2);
        InstalledImageJ.await("two jobs", () -> JobQueue.shared().size() == 2);
        image.deleteRoi();
        image.setProcessor(image.getProcessor().resize(32, 32));
        imageJ.pressEscape();
        String message = InstalledImageJ.closedMessage();
        assertTrue(
                message.contains(
                        "open with 64 x 64 pixels of 24 bits, as when the job was started, found 32 x 32 pixels"),
                message);
    }

    @Test
    void aMacroWaitsForItsTurnAndThenGoesOn() throws Exception {
        start("first", 60);
        InstalledImageJ.await("a job", () -> JobQueue.shared().size() == 1);
        InstalledImageJ.run("run('Text to Image...', 'width=64 height=64 steps=2 seed=1 prompt=macro');\n"
                + tell("getTitle() + ',' + nImages"));
        assertEquals("macro,2", seen());
        assertTrue(
                Arrays.stream(Window.getWindows())
                        .noneMatch(window -> window.isShowing()
                                && window instanceof Frame frame
                                && frame.getTitle().equals(QUEUE)),
                "no window for a macro");
    }

    @Test
    void whatAPersonMadeIsInTheHistoryAndADoubleClickBringsItsValuesBack() throws Exception {
        start("nuclei once", 2);
        InstalledImageJ.await(
                "an entry", () -> History.shared().store().entries().size() == 1);
        String seed = InstalledImageJ.awaitStatus("Text to Image: seed").replaceAll(".*seed ([0-9]+).*", "$1");
        InstalledImageJ.run("run('Text to Image...', 'width=64 height=64 steps=2 seed=1 prompt=macro');\n");
        IJ.run("History");
        Frame window = window(HISTORY);
        JList<?> list = find(window, JList.class);
        InstalledImageJ.await("one row", () -> list.getModel().getSize() == 1);
        EventQueue.invokeLater(() -> list.dispatchEvent(
                new MouseEvent(list, MouseEvent.MOUSE_CLICKED, System.currentTimeMillis(), 0, 5, 5, 2, false)));
        GenericDialog dialog = InstalledImageJ.dialog();
        assertEquals("nuclei once", ((TextField) dialog.getStringFields().get(0)).getText());
        assertEquals(seed, ((TextField) dialog.getNumericFields().get(4)).getText());
        InstalledImageJ.press(dialog.getButtons()[1]);
        InstalledImageJ.await("the end of the dialog", () -> GenericDialog.getInstance() == null);
        click(window, "Remove");
        InstalledImageJ.await("no row", () -> list.getModel().getSize() == 0);
        assertEquals(0, History.shared().store().entries().size());
    }

    @Test
    void nothingIsKeptByThoseWhoWantNoHistory() throws Exception {
        History.keep(false);
        start("secret", 2);
        InstalledImageJ.awaitPicture();
        InstalledImageJ.awaitStatus("Text to Image: seed");
        InstalledImageJ.await("the end", () -> JobQueue.shared().size() == 0);
        IJ.wait(200);
        assertEquals(0, History.shared().store().entries().size());
    }

    private static void start(String prompt, int steps) throws Exception {
        start("Text to Image...", prompt, steps);
    }

    /** As a person does: by the dialog. */
    private static void start(String command, String prompt, int steps) throws Exception {
        IJ.showStatus("");
        int before = JobQueue.shared().size();
        IJ.doCommand(command);
        GenericDialog dialog = InstalledImageJ.dialog();
        boolean sized = command.startsWith("Text");
        EventQueue.invokeAndWait(() -> {
            ((TextField) dialog.getStringFields().get(0)).setText(prompt);
            if (sized) {
                ((TextField) dialog.getNumericFields().get(0)).setText("64");
                ((TextField) dialog.getNumericFields().get(1)).setText("64");
            }
            ((TextField) dialog.getNumericFields().get(sized ? 2 : 1)).setText(Integer.toString(steps));
        });
        InstalledImageJ.await("a usable OK", () -> dialog.getButtons()[0].isEnabled());
        InstalledImageJ.press(dialog.getButtons()[0]);
        InstalledImageJ.await("the end of the dialog", () -> GenericDialog.getInstance() != dialog);
        if (before > 0) {
            InstalledImageJ.await("a job that waits", () -> waiting(prompt));
        }
    }

    private static boolean waiting(String prompt) {
        List<QueuedJob> jobs = JobQueue.shared().jobs();
        return jobs.stream().anyMatch(job -> job.title().endsWith(prompt));
    }

    private static Frame window(String title) {
        Frame[] found = new Frame[1];
        InstalledImageJ.await("the window " + title, () -> {
            for (Window window : Window.getWindows()) {
                if (window.isShowing()
                        && window instanceof Frame frame
                        && frame.getTitle().equals(title)) {
                    found[0] = frame;
                }
            }
            return found[0] != null;
        });
        return found[0];
    }

    private static void click(Frame window, String label) throws Exception {
        AbstractButton button = buttons(window).stream()
                .filter(candidate -> candidate.getText().equals(label))
                .findFirst()
                .orElseThrow();
        InstalledImageJ.await(label + " to be enabled", button::isEnabled);
        EventQueue.invokeAndWait(button::doClick);
    }

    private static List<AbstractButton> buttons(Container container) {
        return Arrays.stream(container.getComponents())
                .flatMap(component -> component instanceof AbstractButton button
                        ? Stream.of(button)
                        : component instanceof Container inner ? buttons(inner).stream() : Stream.of())
                .toList();
    }

    private static <T extends Component> T find(Container container, Class<T> type) {
        for (Component component : container.getComponents()) {
            if (type.isInstance(component)) {
                return type.cast(component);
            }
            if (component instanceof Container inner) {
                T found = find(inner, type);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private static int differ(int[] before, int[] after, int x0, int y0, int size) {
        int count = 0;
        for (int y = y0; y < y0 + size; y++) {
            for (int x = x0; x < x0 + size; x++) {
                count += (before[64 * y + x] & 0xffffff) == (after[64 * y + x] & 0xffffff) ? 0 : 1;
            }
        }
        return count;
    }
}
