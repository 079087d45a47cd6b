package sc.fiji.diffusion.command;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.Menus;
import ij.gui.GenericDialog;
import ij.plugin.frame.Recorder;
import java.awt.Component;
import java.awt.Container;
import java.awt.EventQueue;
import java.awt.Window;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JDialog;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JOptionPane;
import javax.swing.JTable;
import javax.swing.JTextField;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.engine.hub.HubSettings;
import sc.fiji.diffusion.engine.hub.HuggingFaceCache;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.hub.SettingsFolder;

/** The command Models in macros, and its window as people use it; with a hub on this machine. */
class ModelsMacroTest extends ImageJTest {

    private static final String NAME = "lab/small";

    private SmallHub hub;
    private Path cache;

    @BeforeEach
    void startAHub() throws IOException {
        hub = new SmallHub(NAME, Models.locate(Models.EMBEDDED));
        cache = Files.createTempDirectory(folder, "cache");
        System.setProperty(HuggingFaceCache.PROPERTY, cache.toString());
        System.setProperty(SettingsFolder.PROPERTY, cache.resolve("settings").toString());
        System.setProperty(HubSettings.ENDPOINT_PROPERTY, hub.endpoint());
        IJ.log("\\Clear");
    }

    @AfterEach
    void stopTheHub() {
        hub.close();
        System.clearProperty(HuggingFaceCache.PROPERTY);
        System.clearProperty(SettingsFolder.PROPERTY);
        System.clearProperty(HubSettings.ENDPOINT_PROPERTY);
        Optional.ofNullable(window()).ifPresent(shown -> EventQueue.invokeLater(() -> shown.setVisible(false)));
    }

    @Test
    void theKeysNeverChange() {
        assertEquals("Models...", ModelsForm.FORM.command());
        assertEquals(List.of("action", "model", "name", "precision", "file", "accept"), ModelsForm.FORM.keys());
        for (String key : ModelsForm.FORM.keys()) {
            assertTrue(HelpPage.html("models.html").contains("<tt>" + key + "</tt>"), key);
        }
        assertEquals(ModelsPlugIn.class.getName(), Menus.getCommands().get("Models..."));
    }

    @Test
    void aMacroFetchesDescribesNamesAndRemovesModels() throws Exception {
        InstalledImageJ.run("run('Models...', 'action=get model=lab/small accept');\n"
                + "run('Models...', 'action=info model=lab/small');\n" + tell("getInfo('log')"));
        Path snapshot = Models.locate(NAME);
        assertEquals(SmallHub.COMMIT, snapshot.getFileName().toString());
        assertTrue(seen().contains("Models: lab/small is in " + snapshot), seen());
        assertTrue(seen().contains("Stable Diffusion 1.x") && seen().contains("SHA-256"), seen());
        InstalledImageJ.run("run('Models...', 'action=add model=[" + snapshot + "] name=mine');\n"
                + "run('Models...', 'action=remove model=lab/small');\n" + "run('Models...', 'action=list');\n"
                + tell("getInfo('log')"));
        assertTrue(seen().contains("mine: incomplete") && !seen().contains("lab/small: "), seen());
        assertFalse(Files.exists(snapshot));
    }

    @Test
    void withoutAcceptanceAMacroFetchesNothing() throws Exception {
        String sentence = refusal("action=get model=lab/small");
        assertTrue(
                sentence.replaceAll("\\s+", " ").contains("accept: expected the licence of lab/small to be accepted"),
                sentence);
        assertFalse(Files.exists(cache.resolve("models--lab--small")));
    }

    @Test
    void whatAnActionNeedsIsSaid() throws Exception {
        assertTrue(refusal("action=get").contains("model: expected the model to get, found none"));
        assertTrue(refusal("action=paint").contains("action: expected one of list, get, add, info, remove"));
    }

    @Test
    void aPersonFetchesAModelInTheWindow() throws Exception {
        Recorder recorder = new Recorder();
        JFrame window = open();
        all(window, JTextField.class).get(0).setText(NAME);
        press(window, "Download…");
        JDialog licence = await("the licence", ModelsMacroTest::licence);
        JOptionPane pane = all(licence, JOptionPane.class).get(0);
        EventQueue.invokeAndWait(() -> {
            all(licence, JCheckBox.class).get(0).setSelected(true);
            pane.setValue(JOptionPane.OK_OPTION);
        });
        InstalledImageJ.await("the model in the list", () -> rows(window).contains(NAME + " fetched"));
        assertTrue(Files.isDirectory(Models.locate(NAME)));
        InstalledImageJ.await("a recorded line", () -> recorder.getText().contains("Models..."));
        assertEquals(
                "run(\"Models...\", \"action=get model=lab/small accept\");",
                recorder.getText().lines().findFirst().orElse(""));
        recorder.close();
    }

    @Test
    void whoDoesNotAcceptTheLicenceGetsNothing() throws Exception {
        JFrame window = open();
        all(window, JTextField.class).get(0).setText(NAME);
        press(window, "Download…");
        JDialog licence = await("the licence", ModelsMacroTest::licence);
        JOptionPane pane = all(licence, JOptionPane.class).get(0);
        EventQueue.invokeAndWait(() -> pane.setValue(JOptionPane.OK_OPTION));
        InstalledImageJ.await("the refusal", () -> texts(window).contains("cancelled, the licence was not accepted"));
        assertFalse(Files.exists(cache.resolve("models--lab--small").resolve("snapshots")));
    }

    @Test
    void cancelEndsADownloadAndTheNextGoesOn() throws Exception {
        hub.slowDown(200);
        JFrame window = open();
        all(window, JTextField.class).get(0).setText(NAME);
        press(window, "Download…");
        JDialog licence = await("the licence", ModelsMacroTest::licence);
        JOptionPane pane = all(licence, JOptionPane.class).get(0);
        EventQueue.invokeAndWait(() -> {
            all(licence, JCheckBox.class).get(0).setSelected(true);
            pane.setValue(JOptionPane.OK_OPTION);
        });
        InstalledImageJ.await("speed and time left", () -> texts(window).matches("(?s).* MB/s, .* left.*"));
        press(window, "Cancel");
        InstalledImageJ.await(
                "the end", () -> texts(window).contains("cancelled, what was fetched stays for the next time"));
        assertFalse(Files.exists(cache.resolve("models--lab--small").resolve("snapshots")));
        hub.slowDown(0);
        InstalledImageJ.run("run('Models...', 'action=get model=lab/small accept');\n" + tell("'went on'"));
        assertEquals("went on", seen());
        assertTrue(Files.isDirectory(Models.locate(NAME)));
    }

    private static JFrame open() {
        IJ.doCommand("Models...");
        JFrame window = await("the window", ModelsMacroTest::window);
        InstalledImageJ.await("the list", () -> rows(window).contains("micrograph built in"));
        return window;
    }

    private static JFrame window() {
        return Stream.of(Window.getWindows())
                .filter(shown -> shown instanceof JFrame frame
                        && frame.isShowing()
                        && frame.getTitle().equals("Models"))
                .map(JFrame.class::cast)
                .findFirst()
                .orElse(null);
    }

    private static JDialog licence() {
        return Stream.of(Window.getWindows())
                .filter(shown -> shown instanceof JDialog dialog
                        && dialog.isShowing()
                        && dialog.getTitle().equals("Licence of " + NAME))
                .map(JDialog.class::cast)
                .findFirst()
                .orElse(null);
    }

    private static <T> T await(String what, Supplier<T> value) {
        InstalledImageJ.await(what, () -> value.get() != null);
        return Objects.requireNonNull(value.get());
    }

    /** Name and state of each row, a line each. */
    private static String rows(JFrame window) {
        JTable table = all(window, JTable.class).get(0);
        StringBuilder rows = new StringBuilder();
        for (int i = 0; i < table.getRowCount(); i++) {
            rows.append(table.getValueAt(i, 0))
                    .append(' ')
                    .append(table.getValueAt(i, 1))
                    .append('\n');
        }
        return rows.toString();
    }

    private static String texts(JFrame window) {
        return all(window, JLabel.class).stream().map(JLabel::getText).toList().toString();
    }

    private static void press(JFrame window, String label) throws Exception {
        JButton button = all(window, JButton.class).stream()
                .filter(candidate -> label.equals(candidate.getText()))
                .findFirst()
                .orElseThrow();
        boolean[] pressed = new boolean[1];
        // On the event thread, as the window may just begin to read the list anew.
        for (int i = 0; i < 600 && !pressed[0]; i++) {
            EventQueue.invokeAndWait(() -> {
                pressed[0] = button.isEnabled();
                button.doClick();
            });
            IJ.wait(50);
        }
        assertTrue(pressed[0], "the button " + label + " can be pressed");
    }

    private static String refusal(String options) throws Exception {
        Thread macro = InstalledImageJ.start("run('Models...', '" + options + "');\n" + tell("'went on'"));
        GenericDialog dialog = InstalledImageJ.dialog();
        String text = InstalledImageJ.textOf(dialog);
        InstalledImageJ.press(dialog.getButtons()[0]);
        macro.join(10_000);
        assertNull(seen());
        return text;
    }

    private static <T> List<T> all(Container container, Class<T> type) {
        return Stream.of(container.getComponents())
                .flatMap((Component component) -> type.isInstance(component)
                        ? Stream.of(type.cast(component))
                        : component instanceof Container inner ? all(inner, type).stream() : Stream.of())
                .toList();
    }
}
