package sc.fiji.diffusion.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImagePlus;
import ij.WindowManager;
import java.awt.Button;
import java.awt.Component;
import java.awt.Container;
import java.awt.EventQueue;
import java.awt.Frame;
import java.awt.Point;
import java.awt.Window;
import java.awt.event.WindowEvent;
import java.awt.image.BufferedImage;
import java.lang.reflect.InvocationTargetException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The window that shows a job, as people see it, with the model that ships inside. */
class PreviewWindowTest extends ImageJTest {

    private static final String LONG = "run('Text to Image...', 'steps=%d seed=1 prompt=[many green nuclei]');\n";

    @Test
    void itShowsAPictureThatChangesAndIsGoneWhenTheResultIsThere() throws Exception {
        Thread macro = InstalledImageJ.start(String.format(LONG, 250) + tell("getTitle() + ',' + nImages"));
        Frame window = awaitWindow();
        assertEquals(0, WindowManager.getWindowCount(), "it is no image");
        Set<Integer> looks = new HashSet<>();
        Component canvas = window.getComponent(0);
        InstalledImageJ.await("three looks", () -> {
            looks.add(look(canvas));
            return looks.size() >= 3 || !macro.isAlive();
        });
        assertTrue(looks.size() >= 3, looks.size() + " looks");
        macro.join(60_000);
        assertEquals("many green nuclei,1", seen());
        InstalledImageJ.await("the window's end", () -> window().isEmpty());
    }

    @Test
    void theButtonCancelsAndLeavesEverythingAsItWas() throws Exception {
        InstalledImageJ.run("newImage('data', '16-bit ramp', 90, 80, 2);\nmakeOval(20, 10, 60, 60);\n");
        ImagePlus image = WindowManager.getCurrentImage();
        image.changes = false;
        short[] before = ((short[]) image.getProcessor().getPixels()).clone();
        Thread macro = InstalledImageJ.start(
                "run('Inpaint Selection...', 'steps=900 seed=1 prompt=[nuclei]');\n" + tell("'went on'"));
        Frame window = awaitWindow();
        for (int i = 0; i < 20; i++) {
            assertArrayEquals(before, (short[]) image.getProcessor().getPixels(), "during the preview");
            assertTheEventThreadIsFree();
            TimeUnit.MILLISECONDS.sleep(30);
        }
        assertEquals(image, WindowManager.getCurrentImage());
        assertNotNull(image.getRoi());
        assertFalse(image.changes);
        InstalledImageJ.press(button(window).orElseThrow());
        macro.join(10_000);
        assertFalse(macro.isAlive());
        assertNull(seen());
        InstalledImageJ.await("the window's end", () -> window().isEmpty());
        assertArrayEquals(before, (short[]) image.getProcessor().getPixels());
        assertFalse(image.changes);
        assertFalse(image.isLocked());
        assertEquals(1, WindowManager.getWindowCount());
    }

    @Test
    void closingItDoesNotCancel() throws Exception {
        Thread macro = InstalledImageJ.start(String.format(LONG, 150) + tell("getTitle()"));
        Frame window = awaitWindow();
        EventQueue.invokeLater(() -> window.dispatchEvent(new WindowEvent(window, WindowEvent.WINDOW_CLOSING)));
        InstalledImageJ.await("the window's end", () -> window().isEmpty());
        assertTrue(macro.isAlive());
        macro.join(60_000);
        assertEquals("many green nuclei", seen());
        assertTrue(window().isEmpty(), "it stays closed");
    }

    @Test
    void aNewImageOpensWhereThePreviewWas() throws Exception {
        Thread macro = InstalledImageJ.start(String.format(LONG, 250));
        Frame window = awaitWindow();
        Point place = new Point(222, 333);
        EventQueue.invokeAndWait(() -> window.setLocation(place));
        Point last = place;
        while (macro.isAlive()) {
            // AWT may move it once more, late.
            last = window.isShowing() ? window.getLocation() : last;
            TimeUnit.MILLISECONDS.sleep(5);
        }
        Point found = WindowManager.getCurrentImage().getWindow().getLocation();
        // Window managers, where there is one, add the frame's width.
        assertTrue(found.distance(last) < 60, found + ", where the preview was at " + last);
    }

    @Test
    void batchModeHasNone() throws Exception {
        Thread macro = InstalledImageJ.start("setBatchMode(true);\n" + String.format(LONG, 120) + tell("nImages"));
        while (macro.isAlive()) {
            assertTrue(window().isEmpty());
            TimeUnit.MILLISECONDS.sleep(20);
        }
        assertEquals("1", seen());
    }

    /** What a component draws, in a number. */
    private static int look(Component component) {
        BufferedImage drawn = new BufferedImage(200, 200, BufferedImage.TYPE_INT_RGB);
        try {
            EventQueue.invokeAndWait(() -> component.paint(drawn.createGraphics()));
        } catch (InterruptedException | InvocationTargetException e) {
            throw new AssertionError(e);
        }
        return Arrays.hashCode(drawn.getRGB(0, 0, 200, 200, null, 0, 200));
    }

    private static void assertTheEventThreadIsFree() throws Exception {
        long start = System.nanoTime();
        EventQueue.invokeAndWait(() -> {});
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        assertTrue(millis < 500, "an event waited for " + millis + " ms");
    }

    private static Frame awaitWindow() {
        InstalledImageJ.await("the preview", () -> window().isPresent());
        return window().orElseThrow();
    }

    private static Optional<Frame> window() {
        return Arrays.stream(Window.getWindows())
                .filter(Window::isShowing)
                .filter(Frame.class::isInstance)
                .map(Frame.class::cast)
                .filter(frame -> frame.getTitle().equals("Diffusion"))
                .findFirst();
    }

    private static Optional<Button> button(Container container) {
        for (Component component : container.getComponents()) {
            if (component instanceof Button button) {
                return Optional.of(button);
            }
            Optional<Button> inner = component instanceof Container within ? button(within) : Optional.empty();
            if (inner.isPresent()) {
                return inner;
            }
        }
        return Optional.empty();
    }
}
