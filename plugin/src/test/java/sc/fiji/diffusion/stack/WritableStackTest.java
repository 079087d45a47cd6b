package sc.fiji.diffusion.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ij.IJ;
import ij.ImagePlus;
import ij.VirtualStack;
import ij.plugin.FileInfoVirtualStack;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sc.fiji.diffusion.engine.RequestException;

class WritableStackTest {

    private static final String NO_IMAGE =
            "an open image, found none; open one with File > Open, or make one with Plugins >"
                    + " Diffusion > Text to Image";

    @TempDir
    Path folder;

    @Test
    void imagesAndStacksInMemoryMayBeWritten() {
        for (int slices = 1; slices <= 3; slices++) {
            ImagePlus image = IJ.createImage("image", "16-bit", 8, 8, slices);
            assertSame(image, WritableStack.require(image));
        }
        ImagePlus mine = IJ.createImage("mine", "8-bit", 8, 8, 1);
        mine.lock();
        assertSame(mine, WritableStack.require(mine));
    }

    @Test
    void virtualStacksAreRefused() {
        String path = folder.resolve("disk.tif").toString();
        IJ.saveAsTiff(IJ.createImage("disk", "8-bit", 8, 8, 3), path);
        ImagePlus fromDisk = FileInfoVirtualStack.openVirtual(path);
        assertRefused(fromDisk, "slices in memory, as Image > Duplicate makes them, found the virtual stack disk.tif");
        ImagePlus made = new ImagePlus("made", new VirtualStack(8, 8, 3));
        assertRefused(made, "slices in memory, as Image > Duplicate makes them, found the virtual stack made");
    }

    @Test
    void imagesThatAreClosedOrLockedAreRefused() throws InterruptedException {
        assertRefused(null, NO_IMAGE);
        ImagePlus closed = IJ.createImage("closed", "8-bit", 8, 8, 1);
        closed.flush();
        assertRefused(closed, NO_IMAGE);
        ImagePlus busy = IJ.createImage("busy", "8-bit", 8, 8, 1);
        Thread other = new Thread(busy::lock);
        other.start();
        other.join();
        assertRefused(busy, "busy to be free, found it locked by another command; wait until that is done");
    }

    private static void assertRefused(ImagePlus image, String rest) {
        RequestException e = assertThrows(RequestException.class, () -> WritableStack.require(image));
        assertEquals("image: expected " + rest, e.getMessage());
    }
}
