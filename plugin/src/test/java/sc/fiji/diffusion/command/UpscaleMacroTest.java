package sc.fiji.diffusion.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.process.ImageProcessor;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sc.fiji.diffusion.altered.AlteredPixels;
import sc.fiji.diffusion.canvas.ScaledImage;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.stack.AxisPart;
import sc.fiji.diffusion.stack.StackPart;

/** Upscale in macros, as ImageJ's own interpreter runs them. */
class UpscaleMacroTest extends ImageJTest {

    private static final String OPTIONS = "strength=0.5 steps=4 seed=1 prompt=[green nuclei]";

    @ParameterizedTest
    @CsvSource({"8-bit ramp, 2", "16-bit ramp, 2", "32-bit ramp, 1", "RGB ramp, 1", "16-bit composite-mode, 2"})
    void aLargerImageOfTheSameTypeIsMadeAndTheOldOneStays(String type, int slices) throws Exception {
        String dimensions = type.contains("composite") ? "2, 1, " + slices : Integer.toString(slices);
        InstalledImageJ.run("newImage('data', '" + type + "', 50, 43, " + dimensions + ");\n"
                + "Stack.setXUnit('um');\nrun('Properties...', 'pixel_width=0.5 pixel_height=0.5 voxel_depth=2');\n");
        ImagePlus image = WindowManager.getCurrentImage();
        for (int index = 1; index <= image.getStackSize(); index++) {
            ImageProcessor pixels = image.getStack().getProcessor(index);
            if (pixels.getBitDepth() == 32) {
                pixels.setf(77, Float.NaN);
            } else if (pixels.getBitDepth() == 16) {
                pixels.noise(4000);
            }
        }
        ImageStack before = image.getStack().duplicate();
        image.changes = false;
        InstalledImageJ.run("run('Upscale...', 'slices=all channels=all frames=all scale=1.5 " + OPTIONS + "');\n"
                + tell("getTitle() + ',' + getWidth() + ',' + getHeight() + ',' + nSlices + ',' + nImages"));
        assertEquals("Upscaled data,75,65," + before.size() + ",2", seen());
        ImagePlus made = WindowManager.getCurrentImage();
        assertEquals(image.getType(), made.getType());
        assertEquals(image.isComposite(), made.isComposite());
        assertEquals(0.5 * 50 / 75, made.getCalibration().pixelWidth);
        assertFalse(image.changes);
        assertTrue(made.changes);
        for (int index = 1; index <= before.size(); index++) {
            assertEquals(
                    75 * 65, AlteredPixels.of(made).mask(index).orElseThrow().sum());
        }
        assertMadeAnew(before, image, made);
        String info = made.getInfoProperty();
        assertTrue(
                info.contains("of data, 50 x 43\n")
                        && info.contains("Strength: 0.5\n")
                        && info.contains("Task: upscaling")
                        && info.contains("(not measured)"),
                info);
    }

    /** Something else than interpolation gives, but near it; the old image is as it was. */
    private static void assertMadeAnew(ImageStack before, ImagePlus image, ImagePlus made) {
        ImagePlus interpolated = ScaledImage.of(
                image,
                new StackPart.Slices(AxisPart.ALL).positions(image),
                new Size(made.getWidth(), made.getHeight()));
        for (int index = 1; index <= before.size(); index++) {
            ImageProcessor was = before.getProcessor(index).convertToFloat();
            ImageProcessor is = image.getStack().getProcessor(index).convertToFloat();
            assertArrayEquals((float[]) was.getPixels(), (float[]) is.getPixels(), "slice " + index);
            ImageProcessor plain = interpolated.getStack().getProcessor(index).convertToFloat();
            ImageProcessor anew = made.getStack().getProcessor(index).convertToFloat();
            int changed = 0;
            for (int i = 0; i < anew.getPixelCount(); i++) {
                assertEquals(Float.isNaN(plain.getf(i)), Float.isNaN(anew.getf(i)), "pixel " + i);
                changed += plain.getf(i) == anew.getf(i) ? 0 : 1;
            }
            assertTrue(changed > 1000, changed + " pixels of slice " + index);
        }
    }

    @Test
    void aPartOfAStackIsTakenWithItsLabels() throws Exception {
        InstalledImageJ.run("newImage('data', '8-bit ramp', 40, 30, 4);\n"
                + "setSlice(3);\nsetMetadata('Label', 'third');\n"
                + "run('Upscale...', 'slices=2-3 width=61 " + OPTIONS + "');\n"
                + tell("getWidth() + ',' + getHeight() + ',' + nSlices"));
        assertEquals("61,46,2", seen());
        ImagePlus made = WindowManager.getCurrentImage();
        assertEquals("third", made.getStack().getShortSliceLabel(2));
        assertTrue(
                made.getInfoProperty().contains("Upscaled from: slice 3 of data, 40 x 30\n"), made.getInfoProperty());
    }

    @Test
    void aChannelThatIsNotShownIsInterpolatedAndNotCalledGenerated() throws Exception {
        InstalledImageJ.run(
                """
                newImage('cells', '8-bit composite-mode', 40, 30, 3, 1, 1);
                Stack.setActiveChannels('101');
                """);
        ImagePlus image = WindowManager.getCurrentImage();
        for (int index = 1; index <= 3; index++) {
            image.getStack().getProcessor(index).noise(60);
        }
        InstalledImageJ.run("run('Upscale...', '" + OPTIONS + "');\n" + tell("getWidth() + ',' + nImages"));
        assertEquals("80,2", seen());
        CompositeImage made = (CompositeImage) WindowManager.getCurrentImage();
        assertFalse(made.getActiveChannels()[1]);
        ImagePlus interpolated =
                ScaledImage.of(image, new StackPart.Slices(AxisPart.ALL).positions(image), new Size(80, 60));
        assertArrayEquals((byte[]) interpolated.getStack().getPixels(2), (byte[])
                made.getStack().getPixels(2));
        AlteredPixels altered = AlteredPixels.of(made);
        assertTrue(altered.mask(1).isPresent() && altered.mask(3).isPresent());
        assertTrue(altered.mask(2).isEmpty());
        assertTrue(made.getInfoProperty().contains("the others are interpolated"), made.getInfoProperty());
    }

    @ParameterizedTest
    @CsvSource({
        "scale=0, 'scale: expected above 0, found 0.0'",
        "width=-4, 'width: expected 0 or more pixels, found -4'",
        "scale=600, 'scale: expected at most 16384 pixels along a side'",
        "overlap=0.9, 'overlap: expected 0 to 0.5, found 0.9'",
        "strength=0.001, 'strength: expected at least 1/25'",
        "slices=7, 'slices: expected 1, found 7'"
    })
    void whatCannotBeEndsTheMacroWithOneSentence(String options, String sentence) throws Exception {
        Thread macro = InstalledImageJ.start("newImage('data', '8-bit ramp', 40, 30, 1);\n" + "run('Upscale...', '"
                + options + " prompt=nuclei');\n" + tell("'went on'"));
        GenericDialog dialog = InstalledImageJ.dialog();
        assertTrue(InstalledImageJ.textOf(dialog).contains(sentence), InstalledImageJ.textOf(dialog));
        InstalledImageJ.press(dialog.getButtons()[0]);
        macro.join(10_000);
        assertNull(seen());
        assertEquals(1, WindowManager.getImageCount());
    }

    @Test
    void escapeLeavesNothingHalfMade() throws Exception {
        InstalledImageJ.run("newImage('data', '8-bit ramp', 200, 200, 2);\n");
        Thread macro = InstalledImageJ.start(
                "run('Upscale...', 'steps=1000 strength=1 seed=1 prompt=nuclei');\n" + tell("'went on'"));
        InstalledImageJ.awaitStatus("Denoising");
        imageJ.pressEscape();
        macro.join(20_000);
        assertFalse(macro.isAlive());
        assertNull(seen());
        assertEquals(1, WindowManager.getImageCount());
    }

    @Test
    void theExampleMacroGoesFromTextOverInpaintingToALargerImage() throws Exception {
        Path file = folder.resolve("chain.tif");
        String macro =
                Path.of("..", "macros", "Text_Inpaint_Upscale.ijm").toRealPath().toString();
        IJ.runMacroFile(macro, "many green nuclei on a dark background\nmany magenta bacteria\n" + file);
        ImagePlus made = IJ.openImage(file.toString());
        assertEquals(256, made.getWidth());
        assertEquals(256, made.getHeight());
        assertEquals(ImagePlus.COLOR_RGB, made.getType());
        assertEquals(256 * 256, AlteredPixels.of(made).count());
        String info = made.getInfoProperty();
        for (String line : new String[] {
            "Task: text to image\n", "Task: inpainting\n", "Task: upscaling by tiles", "Prompt: many magenta bacteria\n"
        }) {
            assertTrue(info.contains(line), line + " in " + info);
        }
        assertInpaintedInTheMiddleAlone();
    }

    /** The first image, against the same one made again. */
    private static void assertInpaintedInTheMiddleAlone() {
        ImagePlus inpainted = null;
        for (int id : WindowManager.getIDList()) {
            ImagePlus image = WindowManager.getImage(id);
            inpainted = image.getWidth() == 128 ? image : inpainted;
        }
        IJ.run("Text to Image...", "steps=10 seed=1 prompt=[many green nuclei on a dark background]");
        int[] first = (int[]) WindowManager.getCurrentImage().getProcessor().getPixels();
        int[] second = (int[]) inpainted.getProcessor().getPixels();
        int changed = 0;
        for (int i = 0; i < first.length; i++) {
            double fromMiddle = Math.hypot(i % 128 + 0.5 - 64, Math.floorDiv(i, 128) + 0.5 - 64);
            boolean differs = (first[i] & 0xffffff) != (second[i] & 0xffffff);
            changed += differs ? 1 : 0;
            assertFalse(differs && fromMiddle > 33, "x " + i % 128 + ", y " + Math.floorDiv(i, 128));
        }
        assertTrue(changed > 1500, changed + " pixels changed");
    }
}
