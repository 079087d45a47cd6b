package sc.fiji.diffusion.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.Menus;
import ij.Prefs;
import ij.Undo;
import ij.WindowManager;
import ij.gui.OvalRoi;
import ij.gui.Roi;
import ij.plugin.PlugIn;
import ij.process.ImageProcessor;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sc.fiji.diffusion.command.ImageJTest;
import sc.fiji.diffusion.command.InstalledImageJ;

/** Edit ▸ Undo on images in windows. */
class StackUndoMenuTest extends ImageJTest {

    @AfterEach
    void forget() {
        Undo.setup(Undo.NOTHING, null);
        Prefs.supportMacroUndo = false;
    }

    @ParameterizedTest
    @MethodSource("sc.fiji.diffusion.stack.RandomImages#ofEveryType")
    void theMenuBringsEverySliceBack(ImagePlus image) {
        InstalledImageJ.show(image);
        int shown = (image.getStackSize() + 1) / 2;
        image.setSlice(shown);
        Roi selection = new OvalRoi(2, 3, 6, 5);
        image.setRoi(selection);
        ImageStack before = image.getStack().duplicate();
        StackUndo.of(image, RandomImages.allOf(image)).setup();
        RandomImages.change(image, RandomImages.allOf(image), 99);
        image.updateAndDraw();
        IJ.doCommand("Undo");
        InstalledImageJ.await("the undone pixels", () -> same(before, image));
        RandomImages.assertSamePixels(before, image);
        assertEquals(shown, image.getCurrentSlice());
        assertEquals(selection, image.getRoi());
        assertSame(image, WindowManager.getCurrentImage());
    }

    @Test
    void scrollingThroughTheStackDoesNotForget() {
        ImagePlus image = RandomImages.change(IJ.createImage("image", "RGB", 17, 13, 3), List.of(1, 2, 3), 1);
        InstalledImageJ.show(image);
        ImageStack before = image.getStack().duplicate();
        StackUndo.of(image, List.of(1, 3)).setup();
        RandomImages.change(image, List.of(1, 3), 2);
        image.setSlice(3);
        image.setSlice(2);
        IJ.doCommand("Undo");
        InstalledImageJ.await("the undone pixels", () -> same(before, image));
        assertEquals(2, image.getCurrentSlice());
    }

    @Test
    @SuppressWarnings("unchecked") // ImageJ's table of commands has no type
    void insideAMacroThereIsUndoOnlyWhereTheOptionsAllowIt() throws Exception {
        ImagePlus image = RandomImages.change(IJ.createImage("image", "8-bit", 17, 13, 2), List.of(1, 2), 1);
        InstalledImageJ.show(image);
        ImageStack before = image.getStack().duplicate();
        Menus.getCommands().put("Change Slices", ChangeSlices.class.getName());
        String macro = "run('Change Slices');\nrun('Undo');\n" + tell("'went on'");
        InstalledImageJ.run(macro);
        assertEquals("went on", seen());
        assertFalse(same(before, image));
        Prefs.supportMacroUndo = true;
        ImageStack again = image.getStack().duplicate();
        InstalledImageJ.run(macro);
        RandomImages.assertSamePixels(again, image);
        Menus.getCommands().remove("Change Slices");
    }

    /** A command that a macro can run. */
    public static final class ChangeSlices implements PlugIn {

        @Override
        public void run(String argument) {
            ImagePlus image = WindowManager.getCurrentImage();
            StackUndo.of(image, List.of(1, 2)).setup();
            RandomImages.change(image, List.of(1, 2), System.nanoTime());
        }
    }

    private static boolean same(ImageStack expected, ImagePlus image) {
        for (int index = 1; index <= expected.size(); index++) {
            ImageProcessor before = expected.getProcessor(index);
            ImageProcessor now = image.getStack().getProcessor(index);
            for (int i = 0; i < before.getPixelCount(); i++) {
                if (before.get(i) != now.get(i)) {
                    return false;
                }
            }
        }
        return true;
    }
}
