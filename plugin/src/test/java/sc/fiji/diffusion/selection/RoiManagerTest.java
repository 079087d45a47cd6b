package sc.fiji.diffusion.selection;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.Roi;
import ij.plugin.frame.RoiManager;
import java.awt.EventQueue;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.command.ImageJTest;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.Region;

/** Masks from ImageJ's own manager and windows. */
class RoiManagerTest extends ImageJTest {

    @AfterEach
    void closeManager() throws Exception {
        RoiManager manager = RoiManager.getRawInstance();
        if (manager != null) {
            EventQueue.invokeAndWait(() -> {
                manager.reset();
                manager.close();
            });
        }
    }

    /** On the event thread, as its button does. */
    private static void add(RoiManager manager, ImagePlus image, Roi roi) throws Exception {
        image.setRoi(roi);
        EventQueue.invokeAndWait(() -> manager.runCommand(image, "Add"));
    }

    @Test
    void selectionsAddedToAStackHoldWhereTheyWereAdded() throws Exception {
        ImagePlus stack = IJ.createImage("stack", "8-bit", 32, 24, 3);
        stack.show();
        RoiManager manager = new RoiManager();
        stack.setSlice(3);
        add(manager, stack, new Roi(4, 5, 6, 7));
        stack.setSlice(1);
        add(manager, stack, new Roi(1, 1, 2, 2));
        List<PlacedMask> each = new MaskSource.RoiManagerEach().masks(stack);
        assertEquals(
                List.of(MaskPosition.slice(3), MaskPosition.slice(1)),
                each.stream().map(PlacedMask::position).toList());
        assertEquals(Mask.of(new Region(4, 5, 6, 7), 32, 24), each.get(0).mask());
        assertEquals(manager.getRoi(0).getName(), each.get(0).name());
        assertEquals(2, new MaskSource.RoiManagerTogether().masks(stack).size());
    }

    @Test
    void aMaskImageIsFoundByItsTitle() {
        ImagePlus image = IJ.createImage("image", "RGB", 32, 24, 1);
        ImagePlus maskImage = IJ.createImage("my mask", "8-bit white", 32, 24, 1);
        image.show();
        maskImage.show();
        List<PlacedMask> masks = new MaskSource.MaskImage("my mask").masks(image);
        assertEquals(Mask.everything(32, 24), masks.get(0).mask());
        assertEquals(2, WindowManager.getImageCount());
    }
}
