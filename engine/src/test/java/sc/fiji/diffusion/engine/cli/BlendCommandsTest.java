package sc.fiji.diffusion.engine.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import sc.fiji.diffusion.engine.image.ImageFile;

/** {@code diffuse variations} and {@code diffuse interpolate}, from words to files. */
class BlendCommandsTest {

    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    @Test
    void theEndsOfAWalkAreThePicturesOfTheirPrompts() throws IOException {
        run(
                "interpolate",
                "--prompt",
                "red beads | blue beads",
                "--seeds",
                "3,4",
                "--frames",
                "3",
                "--output",
                "walk.png");
        run("txt2img", "--prompt", "red beads", "--seed", "3", "--output", "first.png");
        run("txt2img", "--prompt", "blue beads", "--seed", "4", "--output", "last.png");
        assertArrayEquals(pixels("first.png"), pixels("walk-1.png"));
        assertArrayEquals(pixels("last.png"), pixels("walk-3.png"));
        assertFalse(Arrays.equals(pixels("walk-1.png"), pixels("walk-2.png")));
        assertFalse(Files.exists(folder.resolve("walk-4.png")));
    }

    @Test
    void aWalkThroughLinesOfAFileThatIsClosedComesBack() throws IOException {
        Files.writeString(folder.resolve("prompts.txt"), "red beads\nblue beads\n");
        run(
                "interpolate",
                "--prompt-file",
                folder.resolve("prompts.txt").toString(),
                "--seed",
                "3",
                "--closed",
                "--frames",
                "4",
                "--output",
                "walk.png");
        run("txt2img", "--prompt", "blue beads", "--seed", "3", "--output", "middle.png");
        assertArrayEquals(pixels("middle.png"), pixels("walk-3.png"));
        assertArrayEquals(pixels("walk-2.png"), pixels("walk-4.png"), "half way there and back, with one seed");
    }

    @Test
    void variationsAtTheEndsAreThePictures() throws IOException {
        run("variations", "--prompt", "red beads", "--seed", "3", "--strength", "0", "--output", "itself.png");
        run(
                "variations",
                "--prompt",
                "red beads",
                "--seed",
                "3",
                "--strength",
                "1",
                "--variation-seed",
                "8",
                "--batch",
                "2",
                "--output",
                "other.png");
        run("txt2img", "--prompt", "red beads", "--seed", "3", "--output", "seed3.png");
        run("txt2img", "--prompt", "red beads", "--seed", "9", "--output", "seed9.png");
        assertArrayEquals(pixels("seed3.png"), pixels("itself.png"));
        assertArrayEquals(pixels("seed9.png"), pixels("other-2.png"));
    }

    @Test
    void anUnusualSizeIsNotedWithTheMemoryThatItTakes() {
        run("txt2img", "--prompt", "beads", "--width", "64", "--output", "narrow.png");
        assertTrue(
                err.toString()
                        .startsWith(
                                "diffuse: note: 64 x 128 pixels, other than the 128 x 128 of the model's training, take"
                                        + " about 0."),
                err.toString());
    }

    @ParameterizedTest
    @CsvSource({
        "interpolate, --prompt=beads, 'prompt: expected two or more, with | between them, or two or more seeds, found 1 of"
                + " both'",
        "interpolate, --prompt=a|b|c --frames=2, 'frames: expected 3 or more, as there are that many prompts or seeds, found"
                + " 2'",
        "interpolate, '--prompt=a|b --seeds=1,2,3', 'seeds: expected one, or as many as there are prompts (2), found 3'",
        "variations, --prompt=a --strength=1.5, 'strength: expected 0 (the picture itself) to 1 (another one), found 1.5'",
        "variations, --prompt=a --variation-seed=-1, 'variation seed: expected 0 or more, found -1'"
    })
    void whatMakesNoSenseIsAMatterOfUsage(String command, String options, String sentence) {
        String[] arguments = (command + " " + options + " --output " + folder.resolve("x.png")).split(" ");
        assertEquals(2, execute(arguments));
        assertTrue(err.toString().startsWith("diffuse: " + sentence + System.lineSeparator()), err.toString());
    }

    private void run(String... arguments) {
        String[] located = Stream.concat(Arrays.stream(arguments), Stream.of("--steps", "3"))
                .map(word -> word.endsWith(".png") ? folder.resolve(word).toString() : word)
                .toArray(String[]::new);
        assertEquals(0, execute(located), err::toString);
    }

    private int execute(String... arguments) {
        CommandLine commandLine = Diffuse.commandLine();
        commandLine.setErr(new PrintWriter(err));
        return commandLine.execute(arguments);
    }

    private float[] pixels(String name) {
        return ImageFile.read(folder.resolve(name)).samples();
    }
}
