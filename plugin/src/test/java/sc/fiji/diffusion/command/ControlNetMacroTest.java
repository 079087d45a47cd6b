package sc.fiji.diffusion.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** ControlNets in macros, with the small models of the reference values. */
class ControlNetMacroTest extends ImageJTest {

    private static final Path REFERENCE =
            Path.of("..", "..", "shared", "reference").toAbsolutePath().normalize();

    private static final String SAMPLING = " model=[" + REFERENCE.resolve("sd15") + "] steps=2 seed=1 prompt=beads";
    private static final String CONTROL = " controlnet=[" + REFERENCE.resolve("controlnet") + "]";

    @BeforeEach
    void requireReference() {
        assumeTrue(Files.isDirectory(REFERENCE.resolve("controlnet")), "../shared/reference is not here");
    }

    @Test
    void wordsAreSteeredByTheActiveImage() throws Exception {
        InstalledImageJ.run(
                """
                newImage('squares', '8-bit black', 64, 64, 1);
                makeRectangle(16, 16, 30, 30);
                setColor(255);
                fill();
                run('Select None');
                """);
        int[] plain = made("Text to Image...", "width=64 height=64");
        assertArrayEquals(plain, made("Text to Image...", "width=64 height=64 controlscale=0" + CONTROL));
        int[] asItIs = made("Text to Image...", "width=64 height=64" + CONTROL);
        assertFalse(Arrays.equals(plain, asItIs));
        assertFalse(Arrays.equals(asItIs, made("Text to Image...", "width=64 height=64 hint=edges" + CONTROL)));
        String info = lastInfo;
        assertTrue(info.contains("\nControlNet: controlnet with scale 1.0 from 0.0 to 1.0 of the steps"), info);
    }

    @Test
    void aPictureIsSteeredByItselfAndByAnotherImage() throws Exception {
        InstalledImageJ.run(
                """
                newImage('labels', '16-bit ramp', 50, 40, 1);
                newImage('squares', '8-bit ramp', 64, 64, 2);
                makeRectangle(10, 10, 40, 40);
                """);
        int[] plain = made("Image to Image...", "strength=0.6");
        int[] itself = made("Image to Image...", "strength=0.6 hint=inverteddepth" + CONTROL);
        int[] byLabels = made("Image to Image...", "strength=0.6 hint=labels controlimage=labels" + CONTROL);
        assertFalse(Arrays.equals(plain, itself));
        assertFalse(Arrays.equals(plain, byLabels));
        assertFalse(Arrays.equals(itself, byLabels));
    }

    @Test
    void aControlImageThatIsNotOpenIsNamed() throws Exception {
        Thread macro = InstalledImageJ.start(
                "run('Text to Image...', 'width=64 height=64 controlimage=nowhere" + CONTROL + SAMPLING + "');");
        GenericDialog dialog = InstalledImageJ.dialog();
        String message = InstalledImageJ.textOf(dialog);
        assertTrue(message.startsWith("controlimage: expected the title of an open image, found nowhere"), message);
        InstalledImageJ.press(dialog.getButtons()[0]);
        macro.join(10_000);
    }

    private String lastInfo;

    /** The pixels of the image that a command makes of the image that is active. */
    private int[] made(String command, String options) throws Exception {
        ImagePlus active = WindowManager.getCurrentImage();
        InstalledImageJ.run("run('" + command + "', '" + options + SAMPLING + "');");
        ImagePlus made = WindowManager.getCurrentImage();
        assertTrue(made != active, "a new image");
        lastInfo = made.getInfoProperty();
        int[] pixels = ((int[]) made.getProcessor().getPixels()).clone();
        made.changes = false;
        made.close();
        WindowManager.setTempCurrentImage(null);
        WindowManager.setCurrentWindow(active.getWindow());
        return pixels;
    }
}
