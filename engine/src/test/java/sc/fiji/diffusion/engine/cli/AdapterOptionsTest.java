package sc.fiji.diffusion.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import sc.fiji.diffusion.engine.Reference;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;
import sc.fiji.diffusion.engine.safetensors.SafetensorsWriter;
import sc.fiji.diffusion.engine.tensor.Tensor;

/** LoRAs and textual inversions on the command line, with the reference's model and LoRA. */
class AdapterOptionsTest {

    @TempDir
    private Path folder;

    private final Path lora = Reference.folder().resolve("lora");
    private final StringWriter err = new StringWriter();

    @Test
    void bothNamingsAndATagGiveTheSameLatents() {
        float[] kohya = latents("a", "beads", "--lora", lora.resolve("sd15_kohya.safetensors") + ":0.8");
        float[] diffusers = latents("b", "beads", "--lora", lora.resolve("sd15_diffusers.safetensors") + ":0.8");
        float[] tagged = latents("c", "<lora:sd15_kohya:0.8> beads", "--lora-folder", lora.toString());
        float[] halves = latents(
                "d",
                "<lora:sd15_kohya:0.3>beads",
                "--lora-folder",
                lora.toString(),
                "--lora",
                lora + "/sd15_kohya.safetensors:.5");
        float[] base = latents("e", "beads");
        Reference.assertClose("the other naming", kohya, diffusers, 1e-4);
        Reference.assertClose("a tag", kohya, tagged, 1e-6);
        Reference.assertClose("0.3 and 0.5", kohya, halves, 1e-4);
        assertTrue(Reference.relativeError(base, kohya) > 1e-3, "the LoRA changes something");
    }

    @Test
    void aTextualInversionIsAWordForPrompts() {
        Path embedding = folder.resolve("shine.safetensors");
        SafetensorsWriter.write(embedding, Map.of("emb_params", Tensor.of(wave(3 * 32), 3, 32)), Map.of());
        float[] with = latents("a", "beads shine", "--embedding", embedding.toString());
        assertTrue(Reference.relativeError(latents("b", "beads shine"), with) > 1e-3, "the word means something else");
        Reference.assertClose(
                "not in the prompt",
                latents("c", "beads"),
                latents("d", "beads", "--embedding", embedding.toString()),
                1e-6);
    }

    @Test
    void whatIsRefusedEndsWithOneSentence() {
        assertEquals(1, run("beads", "a", "--lora", folder + "/none.safetensors:0.8"));
        assertEquals(
                "diffuse: " + folder + "/none.safetensors: expected a safetensors file, found nothing of that name",
                err.toString().strip());
        assertEquals(2, run("beads", "a", "--lora", lora + "/sd15_kohya.safetensors:1000"));
        assertTrue(err.toString().contains("expected a strength from -100 to 100, found 1000.0"), err.toString());
    }

    private static float[] wave(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) Math.sin(i);
        }
        return values;
    }

    private float[] latents(String name, String prompt, String... options) {
        assertEquals(0, run(prompt, name, options), err.toString());
        return SafetensorsFile.open(folder.resolve(name + ".safetensors"))
                .readFloats("latents")
                .values();
    }

    private int run(String prompt, String name, String... options) {
        err.getBuffer().setLength(0);
        List<String> arguments = new ArrayList<>(List.of("txt2img", "--steps", "2", "--width", "64", "--height", "64"));
        arguments.addAll(List.of("--model", Reference.folder().resolve("sd15").toString(), "--prompt", prompt));
        arguments.addAll(List.of("--output", folder.resolve(name + ".png").toString()));
        arguments.addAll(
                List.of("--latents", folder.resolve(name + ".safetensors").toString()));
        arguments.addAll(List.of(options));
        CommandLine commandLine = Diffuse.commandLine();
        commandLine.setErr(new PrintWriter(err));
        return commandLine.execute(arguments.toArray(String[]::new));
    }
}
