package sc.fiji.diffusion.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.image.ImageFile;
import sc.fiji.diffusion.engine.image.PngFile;
import sc.fiji.diffusion.engine.image.PngText;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.metadata.PictureMetadata;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.engine.safetensors.SafetensorsWriter;
import sc.fiji.diffusion.engine.tensor.Tensor;

/** {@code diffuse provenance} and {@code diffuse replay}: from a file alone, the same picture again. */
class ReplayCommandTest {

    private static final List<String> SHORT = List.of("--steps", "3", "--seed", "5", "--device", "cpu");

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path source;

    @BeforeEach
    void drawASource() {
        float[] samples = new float[3 * 70 * 50];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (i * 7 % 256) / 255f;
        }
        source = folder.resolve("source.png");
        PngFile.write(new RgbImage(70, 50, samples), source);
    }

    private String path(String name) {
        return folder.resolve(name).toString();
    }

    private int run(String... arguments) {
        CommandLine commandLine = Diffuse.commandLine();
        commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return commandLine.execute(arguments);
    }

    private void make(String task, String... arguments) {
        List<String> all = new ArrayList<>(List.of(task));
        all.addAll(SHORT);
        all.addAll(List.of(arguments));
        assertEquals(0, run(all.toArray(String[]::new)), err.toString());
    }

    private void assertSameAgain(String file, String... arguments) {
        List<String> all = new ArrayList<>(List.of("replay", path(file), "--output", path("again.png")));
        all.addAll(List.of(arguments));
        assertEquals(0, run(all.toArray(String[]::new)), err.toString());
        assertEquals("the same to the bit", out.toString().strip());
        assertEquals(ImageFile.read(folder.resolve(file)), ImageFile.read(folder.resolve("again.png")));
    }

    @Test
    void aPictureFromWordsComesOutTheSame() {
        make(
                "txt2img",
                "--prompt",
                "many (red:1.2) beads",
                "--negative",
                "blue",
                "--clip-skip",
                "1",
                "--scheduler",
                "euler_a",
                "--width",
                "64",
                "--height",
                "96",
                "--output",
                path("a.png"));
        assertSameAgain("a.png");
    }

    @Test
    void oneOfABatchComesOutTheSameAlone() {
        make(
                "txt2img",
                "--prompt",
                "beads",
                "--batch",
                "3",
                "--width",
                "64",
                "--height",
                "64",
                "--output",
                path("b.png"));
        assertEquals(
                7,
                PictureMetadata.read(folder.resolve("b-3.png")).history().last().seed());
        assertSameAgain("b-3.png");
    }

    @Test
    void aSchedulerWithoutANameComesOutTheSame() throws IOException {
        Path config = Files.writeString(
                folder.resolve("scheduler.json"),
                "{\"_class_name\": \"EulerDiscreteScheduler\", \"beta_schedule\": \"linear\", \"beta_start\": 0.0001,"
                        + " \"beta_end\": 0.02, \"prediction_type\": \"v_prediction\"}");
        make(
                "txt2img",
                "--prompt",
                "beads",
                "--scheduler-config",
                config.toString(),
                "--width",
                "64",
                "--height",
                "64",
                "--output",
                path("s.png"));
        Files.delete(config);
        assertSameAgain("s.png");
    }

    @Test
    void aLoraThatIsNotInThePromptIsNamedAndThenComesOutTheSame() {
        Checkpoint checkpoint = Checkpoint.open(Models.locate(Models.EMBEDDED));
        String layer = "mid_block.attentions.0.transformer_blocks.0.attn2.to_k";
        List<Integer> shape = checkpoint.unet().weights().get(layer + ".weight").shape();
        String key = "lora_unet_" + layer.replace('.', '_');
        SafetensorsWriter.write(
                folder.resolve("ink.safetensors"),
                Map.of(
                        key + ".lora_up.weight", wave(shape.get(0), 1),
                        key + ".lora_down.weight", wave(1, shape.get(1))),
                Map.of());
        make(
                "txt2img",
                "--prompt",
                "beads",
                "--lora",
                path("ink.safetensors") + ":0.7",
                "--width",
                "64",
                "--height",
                "64",
                "--output",
                path("l.png"));
        assertEquals(0, run("replay", path("l.png"), "--output", path("other.png")), err.toString());
        assertTrue(
                out.toString()
                        .startsWith("not the same\nLoRAs and textual inversions: was ink at 0.7 and 0.7 with"
                                + " SHA-256 "),
                out.toString());
        out.getBuffer().setLength(0);
        assertSameAgain("l.png", "--lora", path("ink.safetensors") + ":0.7");
    }

    private static Tensor wave(int rows, int columns) {
        float[] values = new float[rows * columns];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) Math.sin(i);
        }
        return Tensor.of(values, rows, columns);
    }

    @Test
    void aPictureFromAPictureComesOutTheSameAndFromNoOther() {
        make(
                "img2img",
                "--image",
                source.toString(),
                "--strength",
                "0.7",
                "--prompt",
                "beads",
                "--width",
                "60",
                "--output",
                path("i.png"));
        assertSameAgain("i.png", "--image", source.toString());
        assertEquals(1, run("replay", path("i.png"), "--output", path("again.png")));
        assertTrue(
                err.toString().contains("image: expected the picture that was begun with, 70x50 pixels, found none"),
                err.toString());
        assertEquals(1, run("replay", path("i.png"), "--image", path("i.png"), "--output", path("again.png")));
        assertTrue(
                err.toString().contains("image: expected the one that was used, whose pixels have the SHA-256 "),
                err.toString());
    }

    @Test
    void anInpaintedPictureHoldsItsMaskAndComesOutTheSame() {
        float[] samples = new float[3 * 70 * 50];
        for (int i = 0; i < samples.length; i++) {
            int x = i / 3 % 70;
            int y = i / 3 / 70;
            samples[i] = Math.hypot(x - 30, y - 25) < 15 ? 1 : Math.hypot(x - 30, y - 25) < 18 ? 100 / 255f : 0;
        }
        Path mask = folder.resolve("mask.png");
        PngFile.write(new RgbImage(70, 50, samples), mask);
        make(
                "inpaint",
                "--image",
                source.toString(),
                "--mask",
                mask.toString(),
                "--prompt",
                "beads",
                "--output",
                path("p.png"));
        assertSameAgain("p.png", "--image", source.toString());
    }

    @Test
    void anEnlargedPictureComesOutTheSame() {
        make(
                "upscale",
                "--image",
                source.toString(),
                "--scale",
                "1.5",
                "--strength",
                "0.6",
                "--prompt",
                "beads",
                "--output",
                path("u.png"));
        assertSameAgain("u.png", "--image", source.toString());
    }

    @Test
    void theFileTellsHowItWasMadeToPeopleAndToPrograms() {
        make("txt2img", "--prompt", "beads", "--width", "64", "--height", "64", "--output", path("a.png"));
        assertEquals(0, run("provenance", path("a.png")), err.toString());
        assertTrue(
                out.toString()
                        .contains("Digital source type: http://cv.iptc.org/newscodes/digitalsourcetype/"
                                + "trainedAlgorithmicMedia\n"),
                out.toString());
        assertTrue(out.toString().contains("Prompt: beads\n"), out.toString());
        out.getBuffer().setLength(0);
        assertEquals(0, run("provenance", "--json", path("a.png")));
        JsonObject json = JsonParser.parseString(out.toString()).getAsJsonObject();
        Provenance made =
                Provenance.fromJson(json.getAsJsonArray("history").get(0).toString());
        assertEquals("micrograph", made.model().name());
        assertEquals(64, made.model().sha256().length());
        assertTrue(!out.toString().contains(folder.toString()), "no folder of the user's");
    }

    @Test
    void aFileThatTellsNothingIsSaidToTellNothing() {
        assertEquals(1, run("provenance", source.toString()));
        assertTrue(
                err.toString().contains("provenance: expected what made the picture, found nothing"), err.toString());
        assertEquals(1, run("replay", source.toString(), "--output", path("x.png")));
    }

    @Test
    void aModelThatIsNotHereIsAskedForByItsHash() {
        String hash = "0123456789";
        PngFile.write(
                new RgbImage(8, 8, new float[192]),
                List.of(new PngText(
                        "parameters",
                        "beads\nSteps: 2, Sampler: Euler, CFG scale: 7, Seed: 1, Size: 64x64, Model hash: " + hash
                                + ", Model: strange")),
                folder.resolve("w.png"));
        assertEquals(1, run("replay", path("w.png"), "--output", path("x.png")));
        assertTrue(
                err.toString().contains("model: expected strange with SHA-256 " + hash + ", found none such"),
                err.toString());
        assertEquals(
                0, run("replay", path("w.png"), "--model", Models.EMBEDDED, "--output", path("x.png")), err.toString());
        assertTrue(
                out.toString().startsWith("made again; whether it is the same is not known\nmodel: was strange"),
                out.toString());
        assertTrue(out.toString().contains("software: was AUTOMATIC1111 webui, is Diffusion for Fiji"), out.toString());
    }
}
