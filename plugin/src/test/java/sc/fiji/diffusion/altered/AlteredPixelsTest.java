package sc.fiji.diffusion.altered;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.gui.Roi;
import ij.plugin.Duplicator;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.Region;

class AlteredPixelsTest {

    private static final int WIDTH = 33;
    private static final int HEIGHT = 21;

    @TempDir
    Path folder;

    @Test
    void masksOfSeveralRunsAddUp() {
        AlteredPixels pixels = AlteredPixels.of(image(3));
        assertTrue(pixels.isEmpty());
        pixels.add(2, rectangle(1, 1, 4, 3));
        pixels.add(2, rectangle(3, 2, 4, 3));
        pixels.add(3, rectangle(0, 0, 1, 1));
        assertEquals(4 * 3 + 4 * 3 - 2 * 2 + 1, pixels.count());
        assertEquals(Optional.empty(), pixels.mask(1));
        assertEquals(rectangle(0, 0, 1, 1), pixels.mask(3).orElseThrow());
        Mask second = pixels.mask(2).orElseThrow();
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                boolean first = x >= 1 && x < 5 && y >= 1 && y < 4;
                boolean other = x >= 3 && x < 7 && y >= 2 && y < 5;
                assertEquals(first || other ? 1f : 0f, second.at(x, y), x + "," + y);
            }
        }
    }

    @Test
    void aBlendedPixelCountsAsGenerated() {
        AlteredPixels pixels = AlteredPixels.of(image(1));
        Mask mask = rectangle(5, 5, 1, 1);
        mask.values()[0] = 1e-6f;
        pixels.add(1, mask);
        assertEquals(2, pixels.count());
        assertEquals(1f, pixels.mask(1).orElseThrow().at(0, 0));
    }

    @Test
    void aMaskThatDoesNotFitIsAMistake() {
        AlteredPixels pixels = AlteredPixels.of(image(2));
        assertThrows(IndexOutOfBoundsException.class, () -> pixels.add(0, rectangle(0, 0, 1, 1)));
        assertThrows(IndexOutOfBoundsException.class, () -> pixels.add(3, rectangle(0, 0, 1, 1)));
        assertThrows(IllegalArgumentException.class, () -> pixels.add(1, Mask.everything(HEIGHT, WIDTH)));
        assertThrows(IllegalArgumentException.class, () -> pixels.keepIn(image(1)));
    }

    static Stream<ImagePlus> imagesToSave() {
        ImagePlus hyperstack = IJ.createHyperStack("hyperstack", WIDTH, HEIGHT, 2, 3, 2, 16);
        return Stream.of(
                image(1),
                image(4),
                IJ.createImage("colours", "RGB", WIDTH, HEIGHT, 3),
                IJ.createImage("float", "32-bit", WIDTH, HEIGHT, 1),
                hyperstack,
                new CompositeImage(IJ.createHyperStack("composite", WIDTH, HEIGHT, 3, 2, 1, 8), IJ.COMPOSITE));
    }

    @ParameterizedTest
    @MethodSource("imagesToSave")
    void aTiffFileKeepsThem(ImagePlus image) {
        image.setProperty("Info", "Microscope: mine\n");
        AlteredPixels pixels = AlteredPixels.of(image);
        for (int index = 1; index <= image.getStackSize(); index += 2) {
            pixels.add(index, noise(index));
        }
        pixels.keepIn(image);
        String path = folder.resolve("saved.tif").toString();
        IJ.saveAsTiff(image, path);
        ImagePlus opened = IJ.openImage(path);
        assertEquals(image.getStackSize(), opened.getStackSize());
        AlteredPixels read = AlteredPixels.of(opened);
        assertEquals(pixels.count(), read.count());
        for (int index = 1; index <= image.getStackSize(); index++) {
            assertEquals(pixels.mask(index), read.mask(index), image + " slice " + index);
        }
        assertTrue(opened.getInfoProperty().contains("Microscope: mine\nGenerated pixels: " + pixels.count() + " of "));
        // And once more, as when a second run changes the opened file.
        read.add(1, Mask.everything(WIDTH, HEIGHT));
        read.keepIn(opened);
        IJ.saveAsTiff(opened, path);
        assertEquals(read.count(), AlteredPixels.of(IJ.openImage(path)).count());
    }

    @Test
    void theInfoHasOneLineHoweverManyRuns() {
        ImagePlus image = image(7);
        image.setProperty("Info", "Prompt: nuclei\r\nGenerated pixels: as I like them\nSteps: 3");
        AlteredPixels pixels = AlteredPixels.of(image);
        pixels.add(2, rectangle(0, 0, 2, 2));
        pixels.keepIn(image);
        String earlier = "Prompt: nuclei\r\nGenerated pixels: as I like them\nSteps: 3\n";
        assertEquals(earlier + "Generated pixels: 4 of 693 in slice 2 (not measured)\n", image.getInfoProperty());
        image.setProperty("Info", image.getInfoProperty() + "Prompt: again\n");

        AlteredPixels more = AlteredPixels.of(image);
        for (int index : List.of(3, 5, 7)) {
            more.add(index, rectangle(0, 0, 1, 1));
        }
        more.keepIn(image);
        assertEquals(
                earlier + "Prompt: again\nGenerated pixels: 7 of 2772 in slices 2-3,5,7 (not measured)\n",
                image.getInfoProperty());
        new AlteredPixels(WIDTH, HEIGHT, 7).keepIn(image);
        assertEquals(earlier + "Prompt: again\n", image.getInfoProperty());
        assertTrue(AlteredPixels.of(image).isEmpty());
    }

    @Test
    void anImageThatIsNoStackHasNoSliceNumbers() {
        ImagePlus image = altered(1);
        assertEquals("Generated pixels: 12 of 693 (not measured)\n", image.getInfoProperty());
        new AlteredPixels(WIDTH, HEIGHT, 1).keepIn(image);
        assertNull(image.getInfoProperty());
    }

    @Test
    void copiesKeepThemAsFarAsTheyFit() {
        ImagePlus image = altered(3);
        assertEquals(36, AlteredPixels.of(image.duplicate()).count());
        image.setRoi(new Roi(1, 1, 10, 10));
        assertTrue(AlteredPixels.of(image.crop()).isEmpty());
        image.deleteRoi();
        assertTrue(AlteredPixels.of(new Duplicator().run(image, 2, 3)).isEmpty());
        image.getStack().addSlice(image.getProcessor().duplicate());
        image.setStack(image.getStack());
        assertEquals(36, AlteredPixels.of(image).count());
    }

    @Test
    void theTextIsShortForWhatPeopleSelect() {
        ImagePlus image = IJ.createImage("large", "8-bit", 2048, 2048, 1);
        AlteredPixels pixels = AlteredPixels.of(image);
        pixels.add(1, Mask.of(new Region(300, 500, 700, 900), 2048, 2048));
        pixels.keepIn(image);
        String text = image.getProp(AlteredPixelsText.KEY);
        assertTrue(text.length() < 2500, () -> "length " + text.length());
    }

    private static Mask noise(long seed) {
        Random random = new Random(seed);
        float[] values = new float[WIDTH * HEIGHT];
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextInt(3) == 0 ? 1 : 0;
        }
        values[values.length - 1] = 1;
        return new Mask(WIDTH, HEIGHT, values);
    }

    /** An image with 12 generated pixels in each slice. */
    static ImagePlus altered(int slices) {
        ImagePlus image = image(slices);
        AlteredPixels pixels = AlteredPixels.of(image);
        for (int index = 1; index <= slices; index++) {
            pixels.add(index, rectangle(index, 2, 4, 3));
        }
        pixels.keepIn(image);
        assertFalse(pixels.isEmpty());
        return image;
    }

    private static ImagePlus image(int slices) {
        return IJ.createImage("image", "8-bit", WIDTH, HEIGHT, slices);
    }

    private static Mask rectangle(int x, int y, int width, int height) {
        return Mask.of(new Region(x, y, width, height), WIDTH, HEIGHT);
    }
}
