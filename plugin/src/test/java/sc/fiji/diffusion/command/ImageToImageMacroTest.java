package sc.fiji.diffusion.command;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Image to Image in macros, as ImageJ's own interpreter runs them. */
class ImageToImageMacroTest extends ImageJTest {

    private static final String OPTIONS = "steps=4 strength=0.5 seed=1 prompt=[green nuclei]";

    @Test
    void aNewImageIsMadeOfTheRectangleAndTheOriginalStays() throws Exception {
        InstalledImageJ.run("newImage('data', '16-bit ramp', 100, 80, 3);\nmakeRectangle(10, 20, 50, 40);\n");
        ImagePlus data = WindowManager.getCurrentImage();
        short[] before = ((short[]) data.getStack().getPixels(2)).clone();
        InstalledImageJ.run("run('Image to Image...', 'slices=2-3 " + OPTIONS + "');\n"
                + tell("getTitle() + ',' + nSlices + ',' + getWidth() + ',' + getHeight() + ',' + bitDepth()"));
        assertEquals("Generated from data,2,50,40,24", seen());
        assertArrayEquals(before, (short[]) data.getStack().getPixels(2));
        assertFalse(data.changes);
        assertTrue(WindowManager.getCurrentImage().getInfoProperty().contains("Strength: 0.5\n"));
    }

    @Test
    void inPlaceTheTypeStays() throws Exception {
        InstalledImageJ.run("newImage('data', '32-bit ramp', 60, 70, 1);\nrun('Image to Image...', 'output=replace "
                + OPTIONS + "');\n" + tell("getTitle() + ',' + nImages + ',' + bitDepth()"));
        assertEquals("data,1,32", seen());
        ImagePlus image = WindowManager.getCurrentImage();
        float[] ramp = (float[])
                IJ.createImage("ramp", "32-bit ramp", 60, 70, 1).getProcessor().getPixels();
        assertFalse(Arrays.equals(ramp, (float[]) image.getProcessor().getPixels()));
        for (float value : (float[]) image.getProcessor().getPixels()) {
            assertTrue(value >= 0 && value <= 1, "within the display range: " + value);
        }
    }

    @Test
    void aSliceIsAppendedInTheStacksOwnType() throws Exception {
        InstalledImageJ.run("newImage('data', '8-bit ramp', 64, 64, 2);\nrun('Image to Image...', 'output=append "
                + OPTIONS + "');\n" + tell("nImages + ',' + nSlices + ',' + bitDepth()"));
        assertEquals("1,3,8", seen());
    }

    @Test
    void theFolderMacroPassesOverWhatIsThere() throws Exception {
        Path input = Files.createDirectories(folder.resolve("in"));
        Path output = Files.createDirectories(folder.resolve("out"));
        for (String name : new String[] {"a", "b"}) {
            IJ.saveAsTiff(
                    IJ.createImage(name, "8-bit ramp", 64, 64, 1),
                    input.resolve(name + ".tif").toString());
        }
        String macro = Path.of("..", "macros", "Image_to_Image_over_Folder.ijm")
                .toRealPath()
                .toString();
        String argument = input + "\n" + output + "\nmany green nuclei";
        IJ.runMacroFile(macro, argument);
        assertTrue(Files.isRegularFile(output.resolve("a.tif")) && Files.isRegularFile(output.resolve("b.tif")));
        FileTime first = FileTime.fromMillis(1_000_000_000_000L);
        Files.setLastModifiedTime(output.resolve("a.tif"), first);
        Files.delete(output.resolve("b.tif"));
        IJ.runMacroFile(macro, argument);
        assertEquals(first, Files.getLastModifiedTime(output.resolve("a.tif")), "not made again");
        assertTrue(Files.isRegularFile(output.resolve("b.tif")));
        ImagePlus made = IJ.openImage(output.resolve("b.tif").toString());
        assertTrue(made.getInfoProperty().contains("Prompt: many green nuclei\n"), made.getInfoProperty());
        assertEquals(0, WindowManager.getImageCount());
    }
}
