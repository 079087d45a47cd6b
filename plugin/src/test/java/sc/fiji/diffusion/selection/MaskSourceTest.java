package sc.fiji.diffusion.selection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.PointRoi;
import ij.gui.Roi;
import ij.plugin.frame.RoiManager;
import ij.process.ByteProcessor;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.stack.StackPosition;

class MaskSourceTest {

    private static final int WIDTH = 32;
    private static final int HEIGHT = 24;

    private final ImagePlus single = IJ.createImage("single", "8-bit black", WIDTH, HEIGHT, 1);
    private final ImagePlus stack = IJ.createImage("stack", "8-bit black", WIDTH, HEIGHT, 3);
    private final ImagePlus hyperstack = IJ.createHyperStack("hyperstack", WIDTH, HEIGHT, 2, 3, 4, 8);

    @Test
    void theActiveSelectionHoldsInEverySlice() {
        stack.setSlice(2);
        stack.setRoi(new Roi(4, 5, 6, 7));
        PlacedMask mask = new MaskSource.ActiveSelection().masks(stack).get(0);
        assertEquals(Mask.of(new Region(4, 5, 6, 7), WIDTH, HEIGHT), mask.mask());
        for (int index = 1; index <= 3; index++) {
            assertTrue(mask.position().covers(StackPosition.of(stack, index)), "slice " + index);
        }
        assertRefused("selection: expected an area", () -> new MaskSource.ActiveSelection().masks(single));
    }

    @Test
    void selectionsOfTheManagerComeOneByOneInItsOrder() {
        Roi named = new Roi(8, 2, 3, 3);
        named.setName("cell");
        named.setPosition(3);
        List<PlacedMask> masks = ManagedRois.each(List.of(new Roi(1, 1, 4, 4), named), stack);
        assertEquals(
                List.of("ROI 1", "cell"), masks.stream().map(PlacedMask::name).toList());
        assertEquals(MaskPosition.ANYWHERE, masks.get(0).position());
        assertEquals(MaskPosition.slice(3), masks.get(1).position());
        assertEquals(
                Mask.of(new Region(8, 2, 3, 3), WIDTH, HEIGHT), masks.get(1).mask());
    }

    @Test
    void selectionsTogetherAreOneMaskForEachPosition() {
        Roi third = new Roi(8, 2, 3, 3);
        third.setPosition(3);
        List<PlacedMask> masks = ManagedRois.together(List.of(new Roi(1, 1, 4, 4), third, new Roi(3, 1, 4, 4)), stack);
        assertEquals(2, masks.size());
        Mask both = Mask.of(new Region(1, 1, 6, 4), WIDTH, HEIGHT);
        assertEquals(both, masks.get(0).mask());
        assertEquals(both, PlacedMask.union(PlacedMask.covering(masks, StackPosition.of(stack, 1))));
        Mask all = PlacedMask.union(PlacedMask.covering(masks, StackPosition.of(stack, 3)));
        assertEquals(1, all.at(1, 1));
        assertEquals(1, all.at(10, 4));
        assertEquals(0, all.at(7, 4));
    }

    @Test
    void aSelectionWithAPositionHoldsThereAlone() {
        Roi indexed = new Roi(1, 1, 4, 4);
        indexed.setPosition(2);
        assertHoldsWhere(indexed, stack, position -> position.stackIndex() == 2);
        Roi inDepth = new Roi(1, 1, 4, 4);
        inDepth.setPosition(0, 3, 2);
        assertHoldsWhere(inDepth, hyperstack, position -> position.slice() == 3 && position.frame() == 2);
        Roi inChannel = new Roi(1, 1, 4, 4);
        inChannel.setPosition(2, 1, 4);
        assertHoldsWhere(
                inChannel,
                hyperstack,
                position -> position.channel() == 2 && position.slice() == 1 && position.frame() == 4);
    }

    @Test
    void aPositionBeyondTheImageIsRefused() {
        Roi late = new Roi(1, 1, 4, 4);
        late.setName("late");
        late.setPosition(4);
        assertRefused(
                "late: expected a position in a stack of 3, found 4", () -> ManagedRois.each(List.of(late), stack));
        late.setPosition(1, 1, 5);
        assertRefused("late: expected a frame of 4, found 5", () -> ManagedRois.each(List.of(late), hyperstack));
    }

    @Test
    void whatInTheManagerHasNoAreaIsRefusedByItsName() {
        Roi point = new PointRoi(3, 3);
        point.setName("spot");
        assertRefused(
                "spot: expected an area such as",
                () -> ManagedRois.together(List.of(new Roi(1, 1, 4, 4), point), single));
    }

    @Test
    void aManagerThatIsNotOpenIsNotOpened() {
        for (MaskSource source : List.of(new MaskSource.RoiManagerEach(), new MaskSource.RoiManagerTogether())) {
            assertRefused("ROI Manager: expected at least one selection, found none", () -> source.masks(single));
        }
        assertNull(RoiManager.getRawInstance());
    }

    @Test
    void greysOfAMaskImageBlend() {
        ImagePlus maskImage = IJ.createImage("mask", "8-bit black", WIDTH, HEIGHT, 1);
        maskImage.getProcessor().set(3, 4, 255);
        maskImage.getProcessor().set(5, 4, 51);
        PlacedMask mask = masks(maskImage, stack).get(0);
        assertEquals(MaskPosition.ANYWHERE, mask.position());
        assertEquals("mask", mask.name());
        assertEquals(1f, mask.mask().at(3, 4));
        assertEquals(0.2f, mask.mask().at(5, 4));
        assertEquals(0f, mask.mask().at(4, 4));
    }

    @Test
    void pixelValuesCountWhateverTheLookUpTableShows() {
        ByteProcessor pixels = new ByteProcessor(WIDTH, HEIGHT);
        pixels.set(3, 4, 255);
        pixels.invertLut();
        assertEquals(
                Mask.of(new Region(3, 4, 1, 1), WIDTH, HEIGHT),
                masks(new ImagePlus("mask", pixels), single).get(0).mask());
    }

    @Test
    void slicesOfAMaskStackHoldOneByOneExceptBlackOnes() {
        ImagePlus maskStack = IJ.createImage("mask", "8-bit black", WIDTH, HEIGHT, 3);
        maskStack.getStack().getProcessor(1).set(1, 0, 255);
        maskStack.getStack().getProcessor(3).set(3, 0, 255);
        List<PlacedMask> masks = masks(maskStack, stack);
        assertEquals(
                List.of(MaskPosition.slice(1), MaskPosition.slice(3)),
                masks.stream().map(PlacedMask::position).toList());
        assertEquals(1f, masks.get(1).mask().at(3, 0));
        assertTrue(PlacedMask.covering(masks, StackPosition.of(stack, 2)).isEmpty());
    }

    @Test
    void aMaskImageThatDoesNotFitIsRefused() {
        String expected = "mask: expected an open 8-bit image of 32x24 pixels, found ";
        assertRefused(expected + "none called gone", () -> new MaskSource.MaskImage("gone").masks(single));
        assertRefused(expected + "stack, which is the image itself", () -> masks(stack, stack));
        assertRefused(
                expected + "16-bit pixels in deep",
                () -> masks(IJ.createImage("deep", "16-bit black", WIDTH, HEIGHT, 1), single));
        assertRefused(
                expected + "31x24 in small",
                () -> masks(IJ.createImage("small", "8-bit black", 31, HEIGHT, 1), single));
        ImagePlus two = IJ.createImage("two", "8-bit white", WIDTH, HEIGHT, 2);
        assertRefused("mask: expected 1 or 3 slices, found 2 in two", () -> masks(two, stack));
        assertRefused("mask: expected 1 slice, found 2 in two", () -> masks(two, single));
        assertRefused("mask: expected pixels above 0, found only black in stack", () -> masks(stack, single(3)));
    }

    private static ImagePlus single(int slices) {
        return IJ.createImage("other", "RGB black", WIDTH, HEIGHT, slices);
    }

    private static List<PlacedMask> masks(ImagePlus maskImage, ImagePlus image) {
        return OpenMaskImage.of(maskImage, maskImage.getTitle(), image).masks();
    }

    private static void assertHoldsWhere(Roi roi, ImagePlus image, Predicate<StackPosition> expected) {
        MaskPosition position = ManagedRois.each(List.of(roi), image).get(0).position();
        for (int index = 1; index <= image.getStackSize(); index++) {
            StackPosition slice = StackPosition.of(image, index);
            assertEquals(expected.test(slice), position.covers(slice), slice::toString);
        }
        assertFalse(position.equals(MaskPosition.ANYWHERE));
    }

    private static void assertRefused(String start, Executable executable) {
        String message = assertThrows(RequestException.class, executable).getMessage();
        assertTrue(message.startsWith(start), message);
    }
}
