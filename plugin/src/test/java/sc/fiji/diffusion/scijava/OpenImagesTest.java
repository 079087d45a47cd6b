package sc.fiji.diffusion.scijava;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.OvalRoi;
import ij.gui.Roi;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.scijava.Context;
import org.scijava.command.Command;
import org.scijava.command.CommandInfo;
import org.scijava.command.CommandModule;
import org.scijava.command.CommandService;
import org.scijava.task.TaskService;
import sc.fiji.diffusion.altered.AlteredPixels;
import sc.fiji.diffusion.edit.EditOutput;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.inpaint.InpaintRecipe;
import sc.fiji.diffusion.selection.MaskSource;

/** Image to image and inpainting for scripts, in a real SciJava context, without any window. */
@Timeout(240)
class OpenImagesTest {

    private Context context;
    private DiffusionService diffusion;

    @BeforeEach
    void start() {
        context = new Context(CommandService.class, TaskService.class, DiffusionService.class);
        diffusion = context.service(DiffusionService.class);
    }

    @AfterEach
    void stop() {
        diffusion.closeModel();
        context.dispose();
    }

    @Test
    void aScriptInpaintsChosenSlicesUnderItsOwnSelection() {
        ImagePlus image = IJ.createImage("data", "16-bit ramp", 60, 48, 3);
        image.setRoi(new Roi(1, 1, 3, 3));
        ImagePlus before = image.duplicate();
        Roi roi = new OvalRoi(20, 10, 24, 24);
        before.setStack(IJ.createImage("data", "16-bit ramp", 60, 48, 3).getStack());
        EditRequest request = EditRequest.inpaint("green nuclei")
                .withSlices("2-3")
                .withSteps(2)
                .withSeed(5);
        diffusion.inpaint(image, request, new MaskSource.GivenSelection(roi), InpaintRecipe.automatic());
        assertChangedUnder(roi, before, image, List.of(2, 3));
        assertEquals(new Roi(1, 1, 3, 3).getBounds(), image.getRoi().getBounds(), "its own selection is kept");
        assertTrue(image.getInfoProperty().contains("Seed: 5\n"), image.getInfoProperty());
    }

    @Test
    void imageToImageIsANewImageAndLeavesTheOldOneAlone() {
        ImagePlus image = IJ.createImage("data", "8-bit ramp", 64, 64, 2);
        byte[] before = ((byte[]) image.getProcessor().getPixels()).clone();
        image.setRoi(8, 16, 32, 24);
        EditRequest request = EditRequest.imageToImage("nuclei")
                .withSlices("all")
                .withSteps(2)
                .withStrength(0.5);
        ImagePlus made = diffusion.imageToImage(image, request, EditOutput.NEW);
        assertNotSame(image, made);
        assertNull(made.getWindow());
        assertArrayEquals(new int[] {32, 24, 1, 2, 1}, made.getDimensions());
        assertArrayEquals(before, (byte[]) image.getStack().getPixels(1));
        assertSame(image, diffusion.imageToImage(image, request.withSlices("current"), EditOutput.APPEND));
        assertEquals(3, image.getStackSize());
        assertEquals(8, image.getBitDepth());
    }

    @Test
    void theShortWaysUseTheSelectionAndTheSliceThatIsShown() {
        ImagePlus image = IJ.createImage("data", "RGB ramp", 64, 48, 1);
        ImagePlus made = diffusion.imageToImage(image, "nuclei");
        assertEquals(64, made.getWidth());
        ImagePlus before = image.duplicate();
        image.setRoi(new OvalRoi(10, 10, 20, 20));
        diffusion.inpaint(image, "nuclei");
        assertChangedUnder(image.getRoi(), before, image, List.of(1));
    }

    @Test
    void whatCanNotBeDoneIsOneSentenceAndChangesNothing() {
        ImagePlus image = IJ.createImage("data", "8-bit ramp", 32, 32, 2);
        assertSentence("selection: expected an area", () -> diffusion.inpaint(image, "nuclei"));
        image.setRoi(new OvalRoi(4, 4, 9, 9));
        assertSentence("selection: expected a rectangle", () -> diffusion.imageToImage(image, "nuclei"));
        EditRequest beyond = EditRequest.inpaint("nuclei").withSlices("3");
        assertSentence(
                "slices: expected numbers from 1 to 2",
                () -> diffusion.inpaint(image, beyond, new MaskSource.ActiveSelection(), InpaintRecipe.automatic()));
        assertSentence("image: expected an open image", () -> diffusion.inpaint(null, "nuclei"));
        assertSentence("image: expected an open image", () -> diffusion.imageToImage(null, "nuclei"));
        assertTrue(AlteredPixels.of(image).isEmpty());
    }

    @Test
    void theInpaintCommandTakesAMaskImageAndGivesTheImage() throws Exception {
        ImagePlus image = IJ.createImage("data", "8-bit ramp", 60, 48, 1);
        ImagePlus before = image.duplicate();
        ImagePlus mask = IJ.createImage("mask", "8-bit black", 60, 48, 1);
        Roi roi = new Roi(12, 12, 30, 20);
        mask.getProcessor().setValue(255);
        mask.getProcessor().fill(roi);
        Map<String, Object> inputs = new HashMap<>(Map.of("image", image, "maskimage", mask, "prompt", "nuclei"));
        inputs.putAll(Map.of("steps", 2, "seed", 7L, "strength", 0.9, "fill", "blur", "feather", 2));
        CommandModule module = run(InpaintCommand.class, inputs);
        assertSame(image, module.getOutput("image"));
        assertChangedUnder(roi, before, image, List.of(1));
        assertTrue(image.getInfoProperty().contains("Guidance scale: 2.0"), image.getInfoProperty());
    }

    @Test
    void theImageToImageCommandFillsInTheDefaultsAndChangesInPlaceIfAsked() throws Exception {
        ImagePlus image = IJ.createImage("data", "8-bit ramp", 64, 64, 1);
        byte[] before = ((byte[]) image.getProcessor().getPixels()).clone();
        ImagePlus made = (ImagePlus) run(ImageToImageCommand.class, Map.of("image", image, "steps", 2, "seed", 3L))
                .getOutput("result");
        assertNotSame(image, made);
        assertArrayEquals(before, (byte[]) image.getProcessor().getPixels());
        assertTrue(made.getInfoProperty().contains("Strength: 0.8"), made.getInfoProperty());
        Object same = run(
                        ImageToImageCommand.class, Map.of("image", image, "steps", 2, "seed", 3L, "output", "replace"))
                .getOutput("result");
        assertSame(image, same);
        assertFalse(Arrays.equals(before, (byte[]) image.getProcessor().getPixels()));
    }

    @ParameterizedTest
    @ValueSource(classes = {ImageToImageCommand.class, InpaintCommand.class})
    void theCommandsHaveTheKeysOfTheMenusCommandsAndNoMenuEntry(Class<? extends Command> type) {
        CommandInfo info = context.service(CommandService.class).getCommand(type);
        assertEquals(0, info.getMenuPath().size());
        for (String key : List.of(
                "model",
                "strength",
                "steps",
                "guidance",
                "scheduler",
                "seed",
                "range",
                "min",
                "max",
                "vary",
                "slices",
                "channels",
                "frames",
                "negative",
                "prompt")) {
            assertTrue(info.getInput(key) != null, key);
        }
    }

    private CommandModule run(Class<? extends Command> type, Map<String, Object> inputs) throws Exception {
        return context.service(CommandService.class).run(type, false, inputs).get();
    }

    private static void assertSentence(String start, Runnable work) {
        String message = assertThrows(RequestException.class, work::run).getMessage();
        assertTrue(message.startsWith(start), message);
    }

    private static void assertChangedUnder(Roi roi, ImagePlus before, ImagePlus image, List<Integer> slices) {
        int changed = 0;
        for (int slice = 1; slice <= image.getStackSize(); slice++) {
            for (int y = 0; y < image.getHeight(); y++) {
                for (int x = 0; x < image.getWidth(); x++) {
                    double was = before.getStack().getVoxel(x, y, slice - 1);
                    double is = image.getStack().getVoxel(x, y, slice - 1);
                    if (!slices.contains(slice) || !roi.contains(x, y)) {
                        assertEquals(was, is, "x " + x + ", y " + y + ", slice " + slice);
                    } else if (was != is) {
                        changed++;
                    }
                }
            }
        }
        assertTrue(changed > 100 * slices.size(), changed + " pixels changed");
    }
}
