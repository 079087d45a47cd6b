package sc.fiji.diffusion.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import ij.CompositeImage;
import ij.IJ;
import ij.ImagePlus;
import ij.ImageStack;
import ij.process.ImageProcessor;
import ij.process.LUT;
import java.awt.Color;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** Images of every type that ImageJ knows, full of noise. */
final class RandomImages {

    static final int WIDTH = 17;
    static final int HEIGHT = 13;

    private RandomImages() {}

    /** Of one slice, of three, and hyperstacks with and without colours. */
    static Stream<ImagePlus> ofEveryType() {
        return Stream.of(1, 3)
                .flatMap(slices -> Stream.concat(
                        Stream.of("8-bit", "16-bit", "32-bit", "RGB", "8-bit color")
                                .map(type -> noise(type, slices)),
                        slices == 1 ? Stream.empty() : hyperstacks()));
    }

    private static Stream<ImagePlus> hyperstacks() {
        return Stream.of(IJ.createHyperStack("hyperstack", WIDTH, HEIGHT, 2, 3, 2, 16), composite())
                .map(image -> change(image, allOf(image), 5));
    }

    static ImagePlus composite() {
        ImagePlus channels = IJ.createHyperStack("channels", WIDTH, HEIGHT, 2, 3, 1, 16);
        CompositeImage composite = new CompositeImage(channels, IJ.COMPOSITE);
        composite.setTitle("composite");
        return composite;
    }

    private static ImagePlus noise(String type, int slices) {
        boolean colours = type.equals("8-bit color");
        ImagePlus image = IJ.createImage(type, colours ? "8-bit" : type, WIDTH, HEIGHT, slices);
        if (colours) {
            image.setLut(LUT.createLutFromColor(Color.red));
        }
        return change(image, allOf(image), 3);
    }

    static List<Integer> allOf(ImagePlus image) {
        return Stream.iterate(1, index -> index + 1).limit(image.getStackSize()).toList();
    }

    /** Writes noise into some slices, as a command would. */
    static ImagePlus change(ImagePlus image, List<Integer> stackIndexes, long seed) {
        Random random = new Random(seed);
        for (int index : stackIndexes) {
            ImageProcessor slice = image.getStack().getProcessor(index);
            for (int i = 0; i < slice.getPixelCount(); i++) {
                if (slice.getBitDepth() == 32) {
                    slice.setf(i, random.nextFloat());
                } else {
                    slice.set(i, random.nextInt(slice.getBitDepth() == 8 ? 256 : 65536));
                }
            }
        }
        return image;
    }

    static void assertSamePixels(ImageStack expected, ImagePlus image) {
        assertEquals(expected.size(), image.getStackSize());
        for (int index = 1; index <= expected.size(); index++) {
            ImageProcessor before = expected.getProcessor(index);
            ImageProcessor now = image.getStack().getProcessor(index);
            for (int i = 0; i < before.getPixelCount(); i++) {
                assertEquals(before.get(i), now.get(i), image + " slice " + index + " pixel " + i);
            }
        }
        ImageProcessor shown = image.getProcessor();
        ImageProcessor current = expected.getProcessor(image.getCurrentSlice());
        for (int i = 0; i < current.getPixelCount(); i++) {
            assertEquals(current.get(i), shown.get(i), image + " shown pixel " + i);
        }
    }
}
