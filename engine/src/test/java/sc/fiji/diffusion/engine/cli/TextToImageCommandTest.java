package sc.fiji.diffusion.engine.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import sc.fiji.diffusion.engine.image.ImageFile;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;

/** {@code diffuse txt2img} with the model that ships inside. */
class TextToImageCommandTest {

    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    @Test
    void aPictureOfTheModelsOwnSizeIsWritten() throws IOException {
        run("--prompt", "yellow beads", "--output", png("a"));
        assertEquals(128, ImageIO.read(folder.resolve("a.png").toFile()).getWidth());
    }

    @Test
    void aBatchIsNumberedAndItsLatentsAreWritten() throws IOException {
        Path latents = folder.resolve("latents.safetensors");
        run("--prompt", "beads", "--batch", "2", "--seed", "5", "--latents", latents.toString(), "--output", png("b"));
        run("--prompt", "beads", "--seed", "6", "--output", png("alone"));
        assertFalse(Files.exists(folder.resolve("b.png")));
        assertTrue(Files.exists(folder.resolve("b-1.png")));
        assertArrayEquals(
                ImageFile.read(folder.resolve("alone.png")).packed(),
                ImageFile.read(folder.resolve("b-2.png")).packed());
        SafetensorsFile file = SafetensorsFile.open(latents);
        assertEquals(2, file.readFloats("latents").size(0));
        assertEquals(16, file.readFloats("latents").size(3));
    }

    @Test
    void aDashReadsThePromptFromStandardInput() throws IOException {
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream("yellow beads\n".getBytes(StandardCharsets.UTF_8)));
            run("--prompt", "-", "--output", png("piped"));
        } finally {
            System.setIn(before);
        }
        run("--prompt", "yellow beads", "--output", png("typed"));
        assertArrayEquals(
                ImageFile.read(folder.resolve("typed.png")).packed(),
                ImageFile.read(folder.resolve("piped.png")).packed());
    }

    @Test
    void aSchedulerConfigurationIsUsedInPlaceOfTheModels() throws IOException {
        Path config = Files.writeString(
                folder.resolve("scheduler.json"),
                "{\"_class_name\": \"EulerDiscreteScheduler\", \"beta_schedule\": \"linear\", \"beta_start\": 0.0001,"
                        + " \"beta_end\": 0.02, \"prediction_type\": \"v_prediction\"}");
        run("--prompt", "beads", "--scheduler-config", config.toString(), "--output", png("euler"));
        run("--prompt", "beads", "--output", png("own"));
        assertFalse(Arrays.equals(
                ImageFile.read(folder.resolve("euler.png")).packed(),
                ImageFile.read(folder.resolve("own.png")).packed()));
    }

    @Test
    void aSizeThatDoesNotFitTheModelEndsWithOneAndOneLine() {
        assertEquals(1, execute("--prompt", "beads", "--width", "129", "--output", png("none")));
        assertEquals(
                "diffuse: width: expected a multiple of 8, as this model's VAE needs, such as 128, found 129",
                err.toString().strip());
        assertFalse(Files.exists(folder.resolve("none.png")));
    }

    @Test
    void twoSchedulersAreAMatterOfUsage() {
        assertEquals(
                2,
                execute(
                        "--prompt",
                        "beads",
                        "--scheduler",
                        "ddim",
                        "--scheduler-config",
                        "x",
                        "--output",
                        png("none")));
        assertEquals(
                "diffuse: scheduler: expected --scheduler or --scheduler-config, found both",
                err.toString().lines().findFirst().orElse(""));
    }

    private String png(String name) {
        return folder.resolve(name + ".png").toString();
    }

    private void run(String... options) {
        assertEquals(0, execute(options), err.toString());
    }

    private int execute(String... options) {
        List<String> arguments = new ArrayList<>(List.of("txt2img", "--steps", "2"));
        arguments.addAll(List.of(options));
        CommandLine commandLine = Diffuse.commandLine();
        commandLine.setErr(new PrintWriter(err));
        return commandLine.execute(arguments.toArray(String[]::new));
    }
}
