package sc.fiji.diffusion.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void aSyntheticModelIsWrittenMeasuredAndToldToPrograms() {
        Path kept = folder.resolve("tiny");
        JsonObject json = measured("--synthetic", "tiny", "--keep", kept.toString(), "--steps", "3", "--repeat", "2");
        assertEquals("tiny", json.get("model").getAsString());
        assertEquals(64, json.getAsJsonObject("settings").get("width").getAsInt());
        assertEquals(1, json.getAsJsonArray("results").size());
        JsonObject result = json.getAsJsonArray("results").get(0).getAsJsonObject();
        assertEquals("fused", result.get("graph").getAsString());
        assertEquals("float32", result.get("precision").getAsString());
        assertEquals(
                5, result.getAsJsonObject("steady_step").get("count").getAsInt(), "steps of two images but the first");
        for (String time : List.of("loading", "text_encoding", "first_step")) {
            assertTrue(result.get(time).getAsDouble() > 0, time);
        }
        for (String time : List.of("steady_step", "decoding", "image")) {
            assertTrue(result.getAsJsonObject(time).get("median").getAsDouble() > 0, time);
        }
        double outside =
                result.getAsJsonObject("outside_onnx_runtime").get("most").getAsDouble();
        assertTrue(outside > 0 && outside < 1, "outside ONNX Runtime: " + outside);
        assertEquals(
                List.of("text_encoder", "unet", "vae_decoder"),
                List.copyOf(json.getAsJsonObject("opening").keySet()));
        assertEquals(
                List.of("loading", "encoding_text", "denoising", "decoding"),
                List.copyOf(result.getAsJsonObject("peak_memory_after").keySet()));
        assertTrue(json.get("peak_memory").getAsLong() > 1 << 20, "peak memory");
        assertTrue(Files.exists(kept.resolve("unet").resolve("diffusion_pytorch_model.safetensors")));
    }

    @Test
    void twoFormsAreMeasuredInTurnAndCompared() {
        JsonObject json = measured("--synthetic", "tiny", "--steps", "4", "--compare", "plain");
        assertEquals(2, json.getAsJsonArray("results").size());
        JsonObject comparison = json.getAsJsonArray("comparisons").get(0).getAsJsonObject();
        assertEquals("fused", comparison.get("graph").getAsString());
        assertEquals("plain", comparison.getAsJsonObject("with").get("graph").getAsString());
        JsonObject ratio = comparison.getAsJsonObject("steady_step_ratio");
        assertEquals(3, ratio.get("count").getAsInt());
        assertTrue(ratio.get("least").getAsDouble() <= ratio.get("median").getAsDouble(), ratio.toString());
        assertTrue(ratio.get("least").getAsDouble() > 0, ratio.toString());
    }

    @Test
    void aTableIsForPeople() {
        assertEquals(0, execute("bench", "--steps", "2", "--guidance", "1"), err.toString());
        for (String row : List.of("model", "first step", "steady step", "decoding", "outside ONNX Runtime")) {
            assertTrue(out.toString().contains("\n" + row) || out.toString().startsWith(row), row + " in\n" + out);
        }
        assertTrue(out.toString().contains("1 of 128 x 128, 2 steps, guidance off"), out.toString());
    }

    @Test
    void whatGoesWithSyntheticModelsAloneIsRefusedWithoutOne() {
        assertEquals(2, execute("bench", "--keep", folder.toString()));
        assertEquals(
                "diffuse: --keep: expected with --synthetic, found without",
                err.toString().lines().findFirst().orElse(""));
        assertEquals(2, execute("bench", "--synthetic", "tiny", "--model", "micrograph"));
        assertEquals(2, execute("bench", "--repeat", "0"));
    }

    @Test
    void aSizeThatTheModelCantMakeEndsWithOneSentence() {
        assertEquals(1, execute("bench", "--width", "100", "--compare", "plain"));
        assertEquals(1, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().startsWith("diffuse: width: expected a multiple of 8"), err.toString());
        assertFalse(out.toString().contains("steady"), out.toString());
    }

    private JsonObject measured(String... arguments) {
        String[] all = new String[arguments.length + 2];
        all[0] = "bench";
        all[1] = "--json";
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        assertEquals(0, execute(all), err.toString());
        return JsonParser.parseString(out.toString()).getAsJsonObject();
    }

    private int execute(String... arguments) {
        CommandLine commandLine = Diffuse.commandLine();
        commandLine.setOut(new PrintWriter(out));
        commandLine.setErr(new PrintWriter(err));
        return commandLine.execute(arguments);
    }
}
