package sc.fiji.diffusion.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.GenericDialog;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sc.fiji.diffusion.altered.AlteredPixels;

/** Virtual stacks: slices that stay in a TIFF file and are read when they are needed. */
class VirtualStackMacroTest extends ImageJTest {

    private Path file;
    private byte[] onDisk;

    @BeforeEach
    void openVirtually() throws Exception {
        file = folder.resolve("disk.tif");
        ImagePlus data = IJ.createImage("disk", "16-bit ramp", 48, 40, 5);
        for (int index = 1; index <= 5; index++) {
            data.getStack().getProcessor(index).add(1000 * index);
        }
        IJ.saveAsTiff(data, file.toString());
        onDisk = Files.readAllBytes(file);
        InstalledImageJ.run("run('TIFF Virtual Stack...', 'open=[" + file + "]');\nsetSlice(2);\n");
        assertTrue(WindowManager.getCurrentImage().getStack().isVirtual());
    }

    @ParameterizedTest
    @CsvSource({"Image to Image..., slices=4-5 strength=0.5, 24, 48", "Upscale..., slices=4-5 scale=2, 16, 96"})
    void itsSlicesAreReadIntoANewImageThatIsNotVirtual(String command, String options, int depth, int width)
            throws Exception {
        InstalledImageJ.run("run('" + command + "', '" + options + " steps=4 seed=1 prompt=nuclei');\n"
                + tell("nImages + ',' + nSlices + ',' + bitDepth() + ',' + getWidth()"));
        assertEquals("2,2," + depth + "," + width, seen());
        ImagePlus made = WindowManager.getCurrentImage();
        assertTrue(!made.getStack().isVirtual());
        assertEquals(2L * width * width * 40 / 48, AlteredPixels.of(made).count());
        assertArrayEquals(onDisk, Files.readAllBytes(file));
    }

    @Test
    void expandCanvasMakesACopyInMemory() throws Exception {
        InstalledImageJ.run("run('Expand Canvas...', 'left=8 steps=2 seed=1 prompt=nuclei');\n"
                + tell("nImages + ',' + nSlices + ',' + getWidth()"));
        assertEquals("2,5,56", seen());
        ImagePlus made = WindowManager.getCurrentImage();
        assertTrue(!made.getStack().isVirtual());
        ImagePlus read = IJ.openImage(file.toString());
        for (int z = 0; z < 5; z++) {
            assertEquals(read.getStack().getVoxel(7, 9, z), made.getStack().getVoxel(15, 9, z), "slice " + (z + 1));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Inpaint Selection..., ''",
        "Image to Image..., output=replace strength=0.5",
        "Image to Image..., output=append strength=0.5"
    })
    void itIsNotChangedAndOneSentenceSaysWhatToDo(String command, String options) throws Exception {
        Thread macro = InstalledImageJ.start("makeRectangle(8, 8, 20, 20);\nrun('" + command + "', '" + options
                + " steps=4 seed=1 prompt=nuclei');\n" + tell("'went on'"));
        GenericDialog dialog = InstalledImageJ.dialog();
        String message = InstalledImageJ.textOf(dialog);
        assertTrue(
                message.contains("image: expected slices in memory, as Image > Duplicate makes them, found the virtual"
                        + " stack disk.tif"),
                message);
        InstalledImageJ.press(dialog.getButtons()[0]);
        macro.join(10_000);
        assertNull(seen());
        assertEquals(1, WindowManager.getImageCount());
        assertEquals(5, WindowManager.getCurrentImage().getStackSize());
        assertArrayEquals(onDisk, Files.readAllBytes(file));
    }
}
