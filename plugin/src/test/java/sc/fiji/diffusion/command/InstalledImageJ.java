package sc.fiji.diffusion.command;

import ij.IJ;
import ij.ImageJ;
import ij.ImagePlus;
import ij.Prefs;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.gui.MessageDialog;
import ij.gui.MultiLineLabel;
import ij.macro.MacroRunner;
import java.awt.Button;
import java.awt.Component;
import java.awt.Container;
import java.awt.Dialog;
import java.awt.EventQueue;
import java.awt.Window;
import java.awt.event.ActionEvent;
import java.awt.event.KeyEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Field;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/** A real ImageJ with a window, and with the plugin's jar in its plugins folder, as users have it. */
public final class InstalledImageJ {

    private static final long PATIENCE_MILLIS = 60_000;

    private final ImageJ imageJ;

    private InstalledImageJ(ImageJ imageJ) {
        this.imageJ = imageJ;
    }

    /** @param folder an empty one, that becomes ImageJ's */
    static InstalledImageJ start(Path folder) throws Exception {
        install(folder);
        useEmptyPreferences();
        System.setProperty("plugins.dir", folder.toString());
        forgetEarlierFolder();
        return new InstalledImageJ(new ImageJ());
    }

    /** ImageJ reads the property once in the life of a JVM. */
    private static void forgetEarlierFolder() throws ReflectiveOperationException {
        Field known = Prefs.class.getDeclaredField("pluginsDirProperty");
        known.setAccessible(true);
        known.set(null, null);
    }

    /** In the home folder that the build gives to the tests, so that nobody's own are read or written. */
    private static void useEmptyPreferences() throws IOException {
        Path folder = Files.createDirectories(Path.of(System.getProperty("user.home"), ".imagej"));
        Files.deleteIfExists(folder.resolve("IJ_Prefs.txt"));
    }

    /** Puts the plugin's jar and its tools where ImageJ looks for them. */
    static void install(Path folder) throws IOException {
        Path toolsets = folder.resolve("macros").resolve("toolsets");
        copy(Path.of("..", "macros", "toolsets"), ".ijm", toolsets);
        copy(Path.of("..", "icons"), "-26.png", toolsets.resolve("icons").resolve("diffusion"));
        Path jar = Files.createDirectories(folder.resolve("plugins")).resolve("Diffusion_-test.jar");
        Path classes = codeOf(TextToImagePlugIn.class);
        if (Files.isRegularFile(classes)) {
            Files.copy(classes, jar);
        } else {
            writeJar(classes, jar);
        }
    }

    private static void copy(Path from, String ending, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(ending)).toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    /** The folder or jar that a class came from. */
    private static Path codeOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Runs a macro on a thread of its own, as ImageJ's editor does. */
    static Thread start(String macro) {
        return new MacroRunner(macro).getThread();
    }

    /** Runs a macro to its end. */
    public static void run(String macro) throws InterruptedException {
        Thread thread = start(macro);
        thread.join(PATIENCE_MILLIS);
        if (thread.isAlive()) {
            throw new AssertionError("expected the macro to end: " + macro);
        }
    }

    /** Presses Esc in ImageJ's window. */
    void pressEscape() throws Exception {
        EventQueue.invokeAndWait(() -> imageJ.keyPressed(new KeyEvent(
                imageJ, KeyEvent.KEY_PRESSED, System.currentTimeMillis(), 0, KeyEvent.VK_ESCAPE, (char) 27)));
    }

    /** Waits for the dialog that is open next. */
    static GenericDialog dialog() {
        return await("a dialog", () -> {
            GenericDialog dialog = GenericDialog.getInstance();
            return dialog != null && AwaitedDialog.is(dialog) ? dialog : null;
        });
    }

    /** What the dialog says in its labels, lines joined by spaces. */
    static String textOf(Container container) throws ReflectiveOperationException {
        StringBuilder text = new StringBuilder();
        for (Component component : container.getComponents()) {
            if (component instanceof MultiLineLabel label) {
                Field lines = MultiLineLabel.class.getDeclaredField("lines");
                lines.setAccessible(true);
                text.append(String.join(" ", (String[]) lines.get(label)));
            } else if (component instanceof Container inner) {
                text.append(textOf(inner));
            }
        }
        return text.toString();
    }

    /** Waits for the message that is open next, closes it, and gives its text, lines joined by spaces. */
    static String closedMessage() throws ReflectiveOperationException {
        Dialog message = await("a message", () -> Arrays.stream(Window.getWindows())
                .filter(window -> window instanceof MessageDialog open && AwaitedDialog.is(open))
                .map(Dialog.class::cast)
                .findFirst()
                .orElse(null));
        String text = textOf(message);
        EventQueue.invokeLater(message::dispose);
        await("the end of the message", () -> !message.isShowing());
        return text;
    }

    /** Waits for a button of a dialog of ImageJ that is no {@link GenericDialog}. */
    static Button awaitButton(String label) {
        return await("a button " + label, () -> Arrays.stream(Window.getWindows())
                .filter(window -> window instanceof Dialog && window.isShowing())
                .flatMap(window -> buttons(window).stream())
                .filter(button -> button.getLabel().strip().equals(label))
                .findFirst()
                .orElse(null));
    }

    private static List<Button> buttons(Container container) {
        List<Button> buttons = new ArrayList<>();
        for (Component component : container.getComponents()) {
            if (component instanceof Button button) {
                buttons.add(button);
            } else if (component instanceof Container inner) {
                buttons.addAll(buttons(inner));
            }
        }
        return buttons;
    }

    static void press(Button button) {
        EventQueue.invokeLater(
                () -> button.dispatchEvent(new ActionEvent(button, ActionEvent.ACTION_PERFORMED, button.getLabel())));
    }

    /** Waits for a status that starts so, and gives it. What a command before said last may be shown again for seconds. */
    static String awaitStatus(String start) {
        Set<String> seen = new LinkedHashSet<>();
        return await(() -> "the status " + start + " (seen " + seen + ", log: " + IJ.getLog() + ")", () -> {
            String text = ImageJ.getStatusBarText();
            seen.add(text);
            return text.startsWith(start) ? text : null;
        });
    }

    /**
     * Shows an image in the active window. Else the window becomes that when AWT says so, sooner or later, and ImageJ then
     * forgets what could be undone.
     */
    public static void show(ImagePlus image) {
        image.show();
        WindowManager.setCurrentWindow(image.getWindow());
    }

    /** Waits for the first picture that is open, and gives it. */
    static ImagePlus awaitPicture() {
        return await("a picture", WindowManager::getCurrentImage);
    }

    static void closeEverything() {
        for (int id : WindowManager.getIDList() == null ? new int[0] : WindowManager.getIDList()) {
            WindowManager.getImage(id).changes = false;
            WindowManager.getImage(id).close();
        }
    }

    void quit() {
        closeEverything();
        imageJ.quit();
        await("ImageJ to quit", () -> IJ.getInstance() == null ? "" : null);
    }

    public static void await(String what, BooleanSupplier condition) {
        await(what, () -> condition.getAsBoolean() ? "" : null);
    }

    private static <T> T await(String what, Supplier<T> value) {
        return await(() -> what, value);
    }

    /** @param what for the message, asked for when patience is at its end */
    private static <T> T await(Supplier<String> what, Supplier<T> value) {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (System.currentTimeMillis() < end) {
            T found = value.get();
            if (found != null) {
                return found;
            }
            IJ.wait(20);
        }
        throw new AssertionError("expected " + what.get() + ", found none");
    }

    private static void writeJar(Path classes, Path jar) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar));
                Stream<Path> files = Files.walk(classes)) {
            files.filter(Files::isRegularFile).forEach(file -> writeEntry(classes, file, out));
        }
    }

    private static void writeEntry(Path classes, Path file, JarOutputStream out) {
        try {
            out.putNextEntry(new JarEntry(classes.relativize(file).toString().replace('\\', '/')));
            Files.copy(file, out);
            out.closeEntry();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
