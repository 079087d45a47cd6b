package sc.fiji.diffusion.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.Prefs;
import ij.Undo;
import ij.WindowManager;
import ij.gui.GenericDialog;
import ij.plugin.frame.RoiManager;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sc.fiji.diffusion.altered.AlteredPixels;

/** Inpaint Selection in macros, as ImageJ's own interpreter runs them. */
class InpaintMacroTest extends ImageJTest {

    private static final String OPTIONS = "steps=2 seed=1 prompt=[green nuclei]";

    @ParameterizedTest
    @CsvSource({"8-bit ramp, 1", "16-bit ramp, 3", "32-bit noise, 2", "RGB ramp, 1", "8-bit noise, 2"})
    void onlyWhatIsSelectedInTheCurrentSliceChanges(String type, int slices) throws Exception {
        InstalledImageJ.run("newImage('data', '" + type + "', 75, 53, " + slices + ");\nmakeOval(20, 10, 30, 26);\n"
                + "setSlice(" + slices + ");\n");
        ImagePlus image = WindowManager.getCurrentImage();
        ImageStack before = image.getStack().duplicate();
        InstalledImageJ.run("run('Inpaint Selection...', '" + OPTIONS + "');\n"
                + tell("selectionType() + ',' + getSliceNumber() + ',' + nImages"));
        assertEquals("1," + slices + ",1", seen(), "selection kept, slice kept, no other image");
        assertUnchangedOutside(image, before, slices);
        assertTrue(image.changes);
        String info = image.getInfoProperty();
        assertTrue(info.contains("Prompt: green nuclei\n") && info.contains("not measured"), info);
        assertTrue(AlteredPixels.of(image).count() > 100, "generated pixels are known");
    }

    @Test
    void whatIsOutsideStaysEvenWhereTheModelSeesTheWholeImageWithoutGrowAndFeather() throws Exception {
        InstalledImageJ.run("newImage('data', '16-bit ramp', 75, 53, 1);\nmakeOval(20, 10, 30, 26);\n");
        ImagePlus image = WindowManager.getCurrentImage();
        ImageStack before = image.getStack().duplicate();
        InstalledImageJ.run("run('Inpaint Selection...', 'crop=off grow=0 feather=0 " + OPTIONS + "');\n");
        assertUnchangedOutside(image, before, 1);
        assertTrue(AlteredPixels.of(image).count() <= image.getRoi().getContainedPoints().length);
    }

    @Test
    void allSlicesOfAStackAreDoneWithTheSameNoiseAndTheSameResult() throws Exception {
        InstalledImageJ.run("newImage('data', '8-bit ramp', 64, 64, 3);\nmakeRectangle(20, 20, 24, 24);\n"
                + "run('Inpaint Selection...', 'slices=all " + OPTIONS + "');\n");
        ImageStack stack = WindowManager.getCurrentImage().getStack();
        assertArrayEquals((byte[]) stack.getPixels(1), (byte[]) stack.getPixels(3));
        InstalledImageJ.run("newImage('other', '8-bit ramp', 64, 64, 2);\nmakeRectangle(20, 20, 24, 24);\n"
                + "run('Inpaint Selection...', 'slices=1-2 vary " + OPTIONS + "');\n");
        ImageStack varied = WindowManager.getCurrentImage().getStack();
        assertFalse(Arrays.equals((byte[]) varied.getPixels(1), (byte[]) varied.getPixels(2)));
    }

    @Test
    void aCompositeIsWorkedOnAsItIsShownAndKeepsItsLutsAndRanges() throws Exception {
        InstalledImageJ.run(
                """
                newImage('cells', '16-bit composite-mode', 60, 48, 2, 3, 1);
                makeRectangle(10, 8, 30, 30);
                Stack.setSlice(2);
                """);
        ImagePlus image = WindowManager.getCurrentImage();
        for (int index = 1; index <= 6; index++) {
            image.getStack().getProcessor(index).noise(400);
        }
        ImageStack before = image.getStack().duplicate();
        double[] ranges = {image.getLuts()[0].min, image.getLuts()[0].max, image.getLuts()[1].max};
        InstalledImageJ.run("run('Inpaint Selection...', 'channels=all " + OPTIONS + "');\n");
        for (int index : new int[] {1, 2, 5, 6}) {
            assertArrayEquals(
                    (short[]) before.getPixels(index),
                    (short[]) image.getStack().getPixels(index),
                    "slice " + index);
        }
        assertArrayEquals(
                ranges, new double[] {image.getLuts()[0].min, image.getLuts()[0].max, image.getLuts()[1].max});
        assertTrue(AlteredPixels.of(image).mask(3).isPresent()
                && AlteredPixels.of(image).mask(4).isPresent());
    }

    @Test
    void theSelectionsOfTheRoiManagerActOnTheirSlices() throws Exception {
        InstalledImageJ.run("newImage('data', '8-bit ramp', 64, 64, 2);\nroiManager('reset');\n"
                + "setSlice(1);\nmakeRectangle(4, 4, 20, 20);\nRoi.setPosition(1);\nroiManager('add');\n"
                + "makeOval(30, 30, 20, 20);\nRoi.setPosition(2);\nroiManager('add');\nrun('Select None');\n"
                + "run('Inpaint Selection...', 'mask=each slices=all " + OPTIONS + "');\n");
        AlteredPixels altered = AlteredPixels.of(WindowManager.getCurrentImage());
        assertEquals(1, altered.mask(1).orElseThrow().at(14, 14));
        assertEquals(0, altered.mask(1).orElseThrow().at(40, 40));
        assertEquals(1, altered.mask(2).orElseThrow().at(40, 40));
        assertEquals(0, altered.mask(2).orElseThrow().at(14, 14));
        RoiManager.getInstance2().close();
    }

    @Test
    void aRegionOnAnyChannelOfACompositeActsOnThePictureOfAllOfThem() throws Exception {
        InstalledImageJ.run(
                """
                newImage('cells', '8-bit composite-mode', 60, 48, 2, 1, 2);
                roiManager('reset');
                makeRectangle(10, 8, 30, 30);
                Roi.setPosition(2, 1, 2);
                roiManager('add');
                run('Select None');
                run('Inpaint Selection...', 'mask=manager frames=all steps=2 seed=1 prompt=nuclei');
                """);
        AlteredPixels altered = AlteredPixels.of(WindowManager.getCurrentImage());
        assertTrue(altered.mask(1).isEmpty() && altered.mask(2).isEmpty(), "first frame");
        assertTrue(altered.mask(3).isPresent() && altered.mask(4).isPresent(), "both channels of the second frame");
        RoiManager.getInstance2().close();
    }

    @Test
    void undoBringsThePixelsBack() throws Exception {
        ImagePlus image = IJ.createImage("data", "16-bit ramp", 64, 64, 2);
        image.show();
        image.setRoi(10, 10, 30, 30);
        ImageStack before = image.getStack().duplicate();
        // ImageJ keeps no undo for what macros do, unless told to.
        Prefs.supportMacroUndo = true;
        try {
            IJ.run("Inpaint Selection...", OPTIONS);
        } finally {
            Prefs.supportMacroUndo = false;
        }
        assertFalse(Arrays.equals(
                (short[]) before.getPixels(1), (short[]) image.getStack().getPixels(1)));
        Undo.undo();
        assertArrayEquals(
                (short[]) before.getPixels(1), (short[]) image.getStack().getPixels(1));
        assertNotNull(image.getRoi());
    }

    @Test
    void withoutASelectionTheMacroStopsWithOneSentence() throws Exception {
        Thread macro = InstalledImageJ.start("newImage('data', '8-bit ramp', 64, 64, 1);\n"
                + "run('Inpaint Selection...', '" + OPTIONS + "');\n" + tell("'went on'"));
        GenericDialog dialog = InstalledImageJ.dialog();
        String message = InstalledImageJ.textOf(dialog);
        assertTrue(message.contains("expected") && message.contains("found"), message);
        InstalledImageJ.press(dialog.getButtons()[0]);
        macro.join(10_000);
        assertNull(seen());
    }

    @Test
    void escapeEndsTheMacroAndLeavesFinishedSlicesFinished() throws Exception {
        Thread macro = InstalledImageJ.start("newImage('data', '8-bit ramp', 64, 64, 40);\n"
                + "makeRectangle(10, 10, 30, 30);\n"
                + "run('Inpaint Selection...', 'slices=all steps=30 seed=1 prompt=nuclei');\n" + tell("'went on'"));
        InstalledImageJ.await(
                "a finished slice",
                () -> WindowManager.getImage("data") != null
                        && !AlteredPixels.of(WindowManager.getImage("data")).isEmpty());
        ImagePlus image = WindowManager.getImage("data");
        imageJ.pressEscape();
        macro.join(20_000);
        assertFalse(macro.isAlive());
        assertNull(seen());
        // The status line does not outlive the macro.
        String log = IJ.getLog();
        assertTrue(log.matches("(?s).*Inpaint Selection: cancelled, [1-9]\\d* of 40 done\n"), log);
        AlteredPixels altered = AlteredPixels.of(image);
        assertTrue(altered.mask(1).isPresent());
        assertTrue(altered.mask(40).isEmpty());
        byte[] ramp = (byte[])
                IJ.createImage("ramp", "8-bit ramp", 64, 64, 1).getProcessor().getPixels();
        assertArrayEquals(ramp, (byte[]) image.getStack().getPixels(40));
    }

    @Test
    void theExampleMacroInpaintsEveryRegionInEverySlice() throws Exception {
        IJ.runMacroFile(Path.of("..", "macros", "Inpaint_ROI_Set_over_Stack.ijm")
                .toRealPath()
                .toString());
        AlteredPixels altered = AlteredPixels.of(WindowManager.getCurrentImage());
        for (int slice = 1; slice <= 3; slice++) {
            assertEquals(1, altered.mask(slice).orElseThrow().at(40, 40), "slice " + slice);
            assertEquals(1, altered.mask(slice).orElseThrow().at(90, 75), "slice " + slice);
        }
        RoiManager.getInstance2().close();
    }

    private static void assertUnchangedOutside(ImagePlus image, ImageStack before, int slice) {
        int changed = 0;
        for (int index = 1; index <= before.size(); index++) {
            for (int y = 0; y < 53; y++) {
                for (int x = 0; x < 75; x++) {
                    double was = before.getVoxel(x, y, index - 1);
                    double is = image.getStack().getVoxel(x, y, index - 1);
                    if (index != slice || !image.getRoi().contains(x, y)) {
                        assertEquals(
                                Double.doubleToRawLongBits(was),
                                Double.doubleToRawLongBits(is),
                                "x " + x + ", y " + y + ", slice " + index);
                    } else if (was != is) {
                        changed++;
                    }
                }
            }
        }
        assertTrue(changed > 100, changed + " pixels changed");
    }
}
