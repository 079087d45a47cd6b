package sc.fiji.diffusion.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** The icons in the tree. */
class IconsTest {

    private static final Path FOLDER = Path.of("..", "icons");

    /** Between one version of Java and another: they do not draw edges quite alike. */
    private static final int TOLERANCE = 24;

    @Test
    void everyCommandInTheMenuHasOne() throws IOException {
        List<String> names =
                Files.readAllLines(Path.of("src", "main", "resources", "plugins.config"), StandardCharsets.UTF_8)
                        .stream()
                        .filter(line -> line.startsWith("Plugins>"))
                        .map(line -> line.split("\"", -1)[1]
                                .replace("...", "")
                                .toLowerCase(Locale.ROOT)
                                .replace(' ', '-'))
                        .toList();
        assertTrue(names.size() >= 5, names::toString);
        for (String name : names) {
            assertTrue(Files.exists(FOLDER.resolve(name + ".svg")), name);
        }
    }

    @Test
    void everyPictureIsWhatItsSvgFileSays() throws IOException {
        for (Path svg : Icons.svgFiles(FOLDER)) {
            for (int size : Icons.SIZES) {
                assertAlike(
                        Icons.draw(svg, size), ImageIO.read(Icons.png(svg, size).toFile()), svg + ", " + size);
            }
        }
    }

    /** They bring their own ground along, so that they look alike in a light and in a dark toolbar. */
    @Test
    void everyPictureCanBeSeenWhateverIsBehindIt() throws IOException {
        for (Path svg : Icons.svgFiles(FOLDER)) {
            for (int size : Icons.SIZES) {
                BufferedImage icon = ImageIO.read(Icons.png(svg, size).toFile());
                double[] luminances = opaqueLuminances(icon);
                double covered = (double) luminances.length / (size * size);
                double dark = luminances[luminances.length / 10];
                double bright = luminances[luminances.length - 1 - luminances.length / 10];
                double contrast = (bright + 0.05) / (dark + 0.05);
                assertTrue(covered > 0.7, svg + ", " + size + ": opaque " + covered);
                // What WCAG 2.2 asks of graphics.
                assertTrue(contrast >= 3, svg + ", " + size + ": contrast " + contrast);
            }
        }
    }

    /** Relative luminances, sorted. */
    private static double[] opaqueLuminances(BufferedImage icon) {
        return IntStream.range(0, icon.getWidth() * icon.getHeight())
                .map(i -> icon.getRGB(i % icon.getWidth(), Math.floorDiv(i, icon.getWidth())))
                .filter(argb -> argb >>> 24 > 200)
                .mapToDouble(argb -> 0.2126 * linear(argb >> 16) + 0.7152 * linear(argb >> 8) + 0.0722 * linear(argb))
                .sorted()
                .toArray();
    }

    private static double linear(int component) {
        double value = (component & 0xff) / 255.0;
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    private static void assertAlike(BufferedImage expected, BufferedImage found, String name) {
        assertEquals(expected.getWidth(), found.getWidth(), name);
        assertEquals(expected.getHeight(), found.getHeight(), name);
        for (int y = 0; y < expected.getHeight(); y++) {
            for (int x = 0; x < expected.getWidth(); x++) {
                for (int shift = 0; shift < 32; shift += 8) {
                    int difference = (expected.getRGB(x, y) >>> shift & 0xff) - (found.getRGB(x, y) >>> shift & 0xff);
                    assertTrue(Math.abs(difference) <= TOLERANCE, name + ", x " + x + ", y " + y + ": " + difference);
                }
            }
        }
    }
}
