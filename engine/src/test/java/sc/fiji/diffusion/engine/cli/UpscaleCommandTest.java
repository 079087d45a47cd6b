package sc.fiji.diffusion.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import sc.fiji.diffusion.engine.image.ImageFile;
import sc.fiji.diffusion.engine.image.PngFile;
import sc.fiji.diffusion.engine.image.RgbImage;

/** {@code diffuse upscale}, from file to file. */
class UpscaleCommandTest {

    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeImage() {
        Random random = new Random(1);
        float[] samples = new float[3 * 70 * 50];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = random.nextFloat();
        }
        PngFile.write(new RgbImage(70, 50, samples), folder.resolve("image.png"));
    }

    @ParameterizedTest
    @CsvSource({"'', 140, 100", "--scale 2.5, 175, 125", "--width 141, 141, 101", "--width 60 --height 131, 60, 131"})
    void thePictureGetsTheSizeThatIsAskedFor(String size, int width, int height) {
        assertEquals(0, run(size + " --strength 0.5 --tile-overlap 0.2 --steps 2"), err.toString());
        RgbImage made = ImageFile.read(folder.resolve("out.png"));
        assertEquals(width, made.width());
        assertEquals(height, made.height());
    }

    @Test
    void withTheSameSeedItIsTheSame() throws Exception {
        assertEquals(0, run("--steps 4 --seed 5"), err.toString());
        int[] first = ImageFile.read(folder.resolve("out.png")).packed();
        assertEquals(0, run("--steps 4 --seed 5"), err.toString());
        assertEquals(
                -1,
                Arrays.mismatch(first, ImageFile.read(folder.resolve("out.png")).packed()));
        assertEquals(0, run("--steps 4 --seed 6"), err.toString());
        assertTrue(
                Arrays.mismatch(first, ImageFile.read(folder.resolve("out.png")).packed()) >= 0);
    }

    @ParameterizedTest
    @CsvSource({
        "--scale 2 --width 30, 'scale: expected --scale, or --width and --height, found both'",
        "--scale 0, 'scale: expected above 0, found 0.0'",
        "--tile-overlap 0.7, 'overlap: expected 0 to 0.5, found 0.7'",
        "--strength 0.01, 'strength: expected at least 1/25, so that one of 25 steps is run, found 0.01'"
    })
    void whatMakesNoSenseIsAMatterOfUsage(String options, String sentence) {
        assertEquals(2, run(options));
        assertTrue(err.toString().startsWith("diffuse: " + sentence + System.lineSeparator()), err.toString());
    }

    private int run(String options) {
        String[] arguments = ("upscale --image " + folder.resolve("image.png") + " --prompt beads --output "
                        + folder.resolve("out.png") + " " + options.strip())
                .strip()
                .split(" ");
        CommandLine commandLine = Diffuse.commandLine();
        commandLine.setErr(new PrintWriter(err));
        return commandLine.execute(arguments);
    }
}
