package sc.fiji.diffusion.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import sc.fiji.diffusion.engine.Reference;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;

/** The command line with a single file as the model. */
class SingleFileCommandTest {

    private static final double TOLERANCE = 1e-4;

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Path reference = Reference.folder();
    private final String file =
            reference.resolve("single-file").resolve("sd15.safetensors").toString();
    private final String whole = reference.resolve("sd15").toString();

    @Test
    void itMakesTheReferencesLatents() {
        Path latents = folder.resolve("latents.safetensors");
        int status = execute(
                "txt2img",
                "--model",
                file,
                "--config",
                whole,
                "--vae",
                whole + "/vae",
                "--width",
                "64",
                "--height",
                "64",
                "--steps",
                "6",
                "--seed",
                "42",
                "--prompt",
                "a photograph of an astronaut riding a horse",
                "--latents",
                latents.toString(),
                "--output",
                folder.resolve("image.png").toString());
        assertEquals(0, status, err.toString());
        Reference.assertClose(
                "latents",
                SafetensorsFile.open(Path.of(whole, "golden.safetensors"))
                        .readFloats("txt2img_pndm_latents")
                        .values(),
                SafetensorsFile.open(latents).readFloats("latents").values(),
                TOLERANCE);
    }

    @Test
    void aConfigurationThatIsNotThereEndsWithOneSentence() {
        String none = folder.resolve("none").toString();
        Path image = folder.resolve("image.png");
        assertEquals(
                1,
                execute("txt2img", "--model", file, "--config", none, "--prompt", "x", "--output", image.toString()));
        assertEquals(
                "diffuse: " + none + ": expected a folder with a model's configurations, found nothing there",
                err.toString().strip());
        assertFalse(Files.exists(image));
    }

    @Test
    void inspectTellsWhatItIsForPeopleAndPrograms() {
        assertEquals(0, execute("inspect", file, "--config", whole), err.toString());
        assertTrue(out.toString().contains("  kind            Stable Diffusion 1.x"), out.toString());
        assertTrue(out.toString().contains("  makes images    yes"), out.toString());
        assertEquals(0, execute("inspect", "--json", "micrograph"), err.toString());
        assertTrue(out.toString().contains("\"latent_channels\": "), out.toString());
    }

    private int execute(String... arguments) {
        CommandLine commandLine = Diffuse.commandLine();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        return commandLine.execute(arguments);
    }
}
