package sc.fiji.diffusion.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.ImageJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.WindowManager;
import ij.gui.GenericDialog;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.altered.AlteredPixels;

/** The engine's process is killed while a macro changes an image: the macro ends, and the image is as it was. */
class WorkerCrashMacroTest extends ImageJTest {

    private static final String OPEN = "newImage('data', '16-bit ramp', 90, 70, 2);\nmakeOval(20, 10, 40, 36);\n";
    private static final String INPAINT = "run('Inpaint Selection...', 'steps=%d seed=1 prompt=[green nuclei]');\n";

    @Test
    void anOpenImageStaysAsItWasWhenTheEngineIsKilled() throws Exception {
        InstalledImageJ.run(OPEN + INPAINT.formatted(2));
        ImagePlus expected = WindowManager.getCurrentImage();
        InstalledImageJ.run(OPEN);
        ImagePlus image = WindowManager.getCurrentImage();
        ImageStack before = image.getStack().duplicate();
        String info = image.getInfoProperty();
        Thread macro = InstalledImageJ.start(INPAINT.formatted(900) + tell("'went on'"));
        // The line of the first macro may still be there.
        InstalledImageJ.await("the first steps", () -> ImageJ.getStatusBarText().matches("Denoising: \\d+ of 900.*"));
        killWorkers();
        GenericDialog dialog = InstalledImageJ.dialog();
        String message = InstalledImageJ.textOf(dialog);
        assertTrue(message.contains("was killed by signal 9"), message);
        InstalledImageJ.press(dialog.getButtons()[0]);
        macro.join(TimeUnit.SECONDS.toMillis(20));
        assertFalse(macro.isAlive(), "the macro ends");
        assertNull(seen(), "the macro does not go on");
        assertSamePixels(before, image.getStack());
        assertEquals(info, image.getInfoProperty());
        assertFalse(image.changes, "nothing to save");
        assertFalse(image.isLocked(), "locked");
        assertTrue(AlteredPixels.of(image).isEmpty(), "generated pixels");
        InstalledImageJ.run(INPAINT.formatted(2));
        assertSamePixels(expected.getStack(), WindowManager.getCurrentImage().getStack());
    }

    private static void assertSamePixels(ImageStack expected, ImageStack found) {
        assertEquals(expected.size(), found.size());
        for (int slice = 1; slice <= expected.size(); slice++) {
            assertArrayEquals((short[]) expected.getPixels(slice), (short[]) found.getPixels(slice), "slice " + slice);
        }
    }

    private static void killWorkers() {
        List<ProcessHandle> workers = ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains("engine.worker.Worker"))
                .toList();
        assertEquals(1, workers.size(), "workers");
        workers.forEach(ProcessHandle::destroyForcibly);
    }
}
