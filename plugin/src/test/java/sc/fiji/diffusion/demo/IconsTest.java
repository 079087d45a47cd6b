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
