package sc.fiji.diffusion.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sc.fiji.diffusion.engine.hub.AddedModels;
import sc.fiji.diffusion.engine.hub.SettingsFolder;
import sc.fiji.diffusion.provenance.SliceHash;
import sc.fiji.diffusion.replay.ReplayPlan;

/** ControlNets in macros, with the small models of the reference values. */
class ControlNetMacroTest extends ImageJTest {

    private static final Path REFERENCE =
            Path.of("..", "..", "shared", "reference").toAbsolutePath().normalize();

    private static final String SAMPLING = " model=[" + REFERENCE.resolve("sd15") + "] steps=2 seed=1 prompt=beads";
    private static final String SQUARES = "newImage('squares', '8-bit ramp', 64, 64, 1);\n";
    private static final String REPLAY = "run('Replay...', 'model=[" + REFERENCE.resolve("sd15") + "]');\n"
            + tell("Property.get('Diffusion replay')");
    private static final String CONTROL = " controlnet=[" + REFERENCE.resolve("controlnet") + "]";

    @BeforeEach
    void requireReference() {
        System.setProperty(SettingsFolder.PROPERTY, folder.resolve("settings").toString());
        assumeTrue(Files.isDirectory(REFERENCE.resolve("controlnet")), "../shared/reference is not here");
    }

    @AfterEach
    void forgetSettings() {
        System.clearProperty(SettingsFolder.PROPERTY);
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
    void eachSliceIsSteeredByItsOwnLabels() throws Exception {
        String labels =
                """
                newImage('labels', '8-bit black', 64, 64, 2);
                setSlice(2);
                makeRectangle(10, 10, 40, 40);
                setColor(7);
                fill();
                run('Select None');
                setSlice(1);
                """;
        String steered = "run('Image to Image...', 'strength=0.6 range=given hint=labels " + CONTROL;
        InstalledImageJ.run(labels + steered + " slices=all" + SAMPLING + "');\n");
        ImagePlus all = WindowManager.getCurrentImage();
        InstalledImageJ.run(labels + steered + " slices=1" + SAMPLING + "');\n");
        assertEquals(SliceHash.of(WindowManager.getCurrentImage(), 1), SliceHash.of(all, 1));
        InstalledImageJ.run(labels + "setSlice(2);\n" + steered + " slices=2" + SAMPLING + "');\n");
        assertEquals(SliceHash.of(WindowManager.getCurrentImage(), 1), SliceHash.of(all, 2));
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

    @ParameterizedTest
    @CsvSource({
        "Text to Image..., width=64 height=64 controlscale=0.7 hint=edges edgelow=20 edgehigh=80",
        "Text to Image..., width=64 height=64 hint=labels controlimage=labels",
        "Image to Image..., strength=0.6 controlend=0.6 hint=inverteddepth",
        "Image to Image..., strength=0.6 output=append hint=edges controlimage=labels",
    })
    void whatWasSteeredIsMadeAgainOfTheImagesThatAreOpen(String command, String options) throws Exception {
        AddedModels.add("steering", REFERENCE.resolve("controlnet"));
        InstalledImageJ.run(
                """
                newImage('labels', '16-bit ramp', 50, 40, 1);
                newImage('squares', '8-bit ramp', 64, 64, 2);
                makeRectangle(10, 10, 40, 40);
                """
                        + "run('" + command + "', '" + options + CONTROL + SAMPLING + "');\n"
                        + "setSlice(nSlices);\nrename('made');\n" + REPLAY);
        assertEquals("the same to the bit", seen());
        ImagePlus made = WindowManager.getImage("made");
        String plan = ReplayPlan.of(made).text();
        assertTrue(
                plan.endsWith(
                        """
                        , model sd15, steered by controlnet
                        What steered it will be looked for among the open images.
                        It will be the same to the bit.
                        """),
                plan);
        ImagePlus replay = WindowManager.getCurrentImage();
        assertEquals(SliceHash.of(made, made.getStackSize()), SliceHash.of(replay, 1));
        InstalledImageJ.run("rename('replayed');\n" + REPLAY);
        assertEquals("the same to the bit", seen(), "of what was made again all is known too");
    }

    @Test
    void withoutWhatSteeredOneSentenceSaysSo() throws Exception {
        AddedModels.add("steering", REFERENCE.resolve("controlnet"));
        InstalledImageJ.run(SQUARES + "run('Text to Image...', 'width=64 height=64 hint=edges" + CONTROL + SAMPLING
                + "');\nrename('made');\nselectImage('squares');\nclose();\n");
        assertTrue(refusal()
                .startsWith("control image: expected an open image with what controlnet steered by"
                        + " (edges 100.0 200.0), found none; open it"));
        AddedModels.remove("steering");
        InstalledImageJ.run(SQUARES + "selectImage('made');\n");
        String message = refusal();
        assertTrue(message.startsWith("ControlNet: expected controlnet with SHA-256 "), message);
        assertTrue(message.contains("; add its folder or file with Models... or diffuse models add"), message);
    }

    private static String refusal() throws Exception {
        Thread macro = InstalledImageJ.start(REPLAY);
        GenericDialog dialog = InstalledImageJ.dialog();
        String message = InstalledImageJ.textOf(dialog);
        InstalledImageJ.press(dialog.getButtons()[0]);
        macro.join(10_000);
        return message;
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
