package sc.fiji.diffusion.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.Undo;
import ij.WindowManager;
import ij.gui.OvalRoi;
import ij.gui.Roi;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Undo as ImageJ's command calls it, without windows. */
class StackUndoTest {

    @AfterEach
    void forget() {
        Undo.setup(Undo.NOTHING, null);
        WindowManager.setTempCurrentImage(null);
    }

    @ParameterizedTest
    @MethodSource("sc.fiji.diffusion.stack.RandomImages#ofEveryType")
    void everySliceComesBackBitByBit(ImagePlus image) {
        assertComesBack(image, RandomImages.allOf(image));
    }

    @ParameterizedTest
    @MethodSource("sc.fiji.diffusion.stack.RandomImages#ofEveryType")
    void oneSliceComesBackWhicheverIsShown(ImagePlus image) {
        assertComesBack(image, List.of(image.getStackSize()));
        assertComesBack(image, List.of(1));
    }

    @Test
    void slicesThatTheCommandDidNotNameKeepWhatOthersDid() {
        ImagePlus image = RandomImages.change(IJ.createImage("image", "8-bit", 17, 13, 3), List.of(1, 2, 3), 1);
        WindowManager.setTempCurrentImage(image);
        StackUndo.of(image, List.of(2)).setup();
        RandomImages.change(image, List.of(3), 2);
        ImageStack expected = image.getStack().duplicate();
        RandomImages.change(image, List.of(2), 3);
        Undo.undo();
        RandomImages.assertSamePixels(expected, image);
    }

    @Test
    void whatIsWrittenByNewPixelArraysComesBackToo() {
        ImagePlus image = RandomImages.change(IJ.createImage("image", "8-bit", 17, 13, 3), List.of(1, 2, 3), 1);
        ImageStack before = image.getStack().duplicate();
        WindowManager.setTempCurrentImage(image);
        StackUndo.of(image, List.of(1, 2)).setup();
        image.getStack().setPixels(new byte[17 * 13], 1);
        image.getStack().setProcessor(image.getStack().getProcessor(3).duplicate(), 2);
        image.setStack(image.getStack());
        Undo.undo();
        RandomImages.assertSamePixels(before, image);
    }

    @Test
    void infoAndPropertiesComeBackWithThePixels() {
        ImagePlus image = IJ.createImage("image", "8-bit", 17, 13, 1);
        image.setProperty("Info", "before\n");
        WindowManager.setTempCurrentImage(image);
        StackUndo.of(image, List.of(1)).setup();
        image.setProperty("Info", "after\n");
        image.setProp("made", "yes");
        Undo.undo();
        assertEquals("before\n", image.getInfoProperty());
        assertEquals(null, image.getProp("made"));
    }

    @Test
    void undoingTwiceDoesNothingMore() {
        ImagePlus image = RandomImages.change(IJ.createImage("image", "16-bit", 17, 13, 2), List.of(1, 2), 1);
        image.getProcessor().snapshot();
        RandomImages.change(image, List.of(1), 2);
        ImageStack before = image.getStack().duplicate();
        assertComesBack(image, List.of(1, 2));
        Undo.undo();
        RandomImages.assertSamePixels(before, image);
    }

    @Test
    void withoutMemoryForCopiesUndoDoesNothing() {
        ImagePlus image = RandomImages.change(IJ.createImage("image", "RGB", 17, 13, 3), List.of(1, 2, 3), 1);
        // Two copies, as much again, and what the work takes.
        long bytes = 17L * 13 * (4 * 2 + HeapMemory.WORK_BYTES_PER_PIXEL / 2);
        assertTrue(new StackUndo(image, List.of(1, 3), 2 * bytes).isPossible());
        StackUndo undo = new StackUndo(image, List.of(1, 3), 2 * bytes - 1);
        assertFalse(undo.isPossible());
        assertTrue(new StackUndo(image, List.of(1, 1, 1), 2 * bytes - 1).isPossible());

        WindowManager.setTempCurrentImage(image);
        // What an earlier command left behind.
        image.getProcessor().snapshot();
        Undo.setup(Undo.FILTER, image);
        undo.setup();
        RandomImages.change(image, List.of(1, 3), 2);
        ImageStack after = image.getStack().duplicate();
        Undo.undo();
        RandomImages.assertSamePixels(after, image);
    }

    @Test
    void aStackThatGotAnotherShapeStaysAsItIs() {
        ImagePlus image = RandomImages.change(IJ.createImage("image", "8-bit", 17, 13, 3), List.of(1, 2, 3), 1);
        WindowManager.setTempCurrentImage(image);
        StackUndo.of(image, List.of(2)).setup();
        RandomImages.change(image, List.of(2), 2);
        image.getStack().deleteSlice(1);
        image.setStack(image.getStack());
        ImageStack shorter = image.getStack().duplicate();
        Undo.undo();
        RandomImages.assertSamePixels(shorter, image);
    }

    private static void assertComesBack(ImagePlus image, List<Integer> stackIndexes) {
        int shown = (image.getStackSize() + 1) / 2;
        image.setSlice(shown);
        Roi selection = new OvalRoi(2, 3, 6, 5);
        image.setRoi(selection);
        double max = image.getDisplayRangeMax();
        ImageStack before = image.getStack().duplicate();
        WindowManager.setTempCurrentImage(image);
        StackUndo undo = StackUndo.of(image, stackIndexes);
        assertTrue(undo.isPossible());
        undo.setup();
        RandomImages.change(image, stackIndexes, 99);
        assertThrows(AssertionError.class, () -> RandomImages.assertSamePixels(before, image));
        Undo.undo();
        RandomImages.assertSamePixels(before, image);
        assertEquals(shown, image.getCurrentSlice());
        assertEquals(selection, image.getRoi());
        assertEquals(max, image.getDisplayRangeMax());
    }
}
