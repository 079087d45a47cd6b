package sc.fiji.diffusion.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import sc.fiji.diffusion.engine.device.NativePack;

/** {@code diffuse devices} and {@code --device}, on whatever this machine has. */
class DevicesCommandTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void theCpuIsListedFirstWithItsSpeedAndTheOthersWithTheirsOrAReason() {
        withoutGpuPack(() -> assertEquals(0, run("devices", "--json"), err.toString()));
        JsonArray devices = JsonParser.parseString(out.toString()).getAsJsonArray();
        JsonObject cpu = devices.get(0).getAsJsonObject();
        assertEquals("cpu", cpu.get("device").getAsString());
        assertTrue(cpu.get("gigaflops").getAsDouble() > 0.1, cpu.toString());
        devices.forEach(device -> {
            JsonObject state = device.getAsJsonObject();
            boolean usable = state.get("usable").getAsBoolean();
            assertEquals(usable, state.has("gigaflops"), state.toString());
            assertEquals(!usable, state.has("why"), state.toString());
        });
    }

    @Test
    void aDeviceThatIsNoneIsAMatterOfUsage() {
        assertEquals(2, run("txt2img", "--prompt", "a", "--output", png(), "--device", "tpu"));
        assertTrue(err.toString().contains("device: expected auto, cpu, "), err.toString());
    }

    @Test
    void aNamedDeviceThatIsNotThereEndsWithOneAndOneLine() {
        withoutGpuPack(
                () -> assertEquals(1, run("txt2img", "--prompt", "a", "--output", png(), "--device", "directml")));
        assertTrue(err.toString().startsWith("diffuse: directml: expected "), err.toString());
        assertEquals(1, err.toString().strip().lines().count(), err.toString());
        assertFalse(Files.exists(folder.resolve("image.png")));
    }

    @Test
    void theCpuIsWhatItAlwaysWas() {
        assertEquals(0, run("txt2img", "--prompt", "a", "--steps", "1", "--output", png(), "--device", "cpu"));
        assertEquals("", err.toString());
    }

    /** As on a machine where nobody has installed one. */
    private void withoutGpuPack(Runnable work) {
        String before = System.getProperty(NativePack.GPU_PROPERTY);
        System.setProperty(NativePack.GPU_PROPERTY, folder.resolve("none").toString());
        try {
            work.run();
        } finally {
            if (before == null) {
                System.clearProperty(NativePack.GPU_PROPERTY);
            } else {
                System.setProperty(NativePack.GPU_PROPERTY, before);
            }
        }
    }

    private String png() {
        return folder.resolve("image.png").toString();
    }

    private int run(String... arguments) {
        CommandLine commandLine = Diffuse.commandLine();
        commandLine.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return commandLine.execute(arguments);
    }
}
