package sc.fiji.diffusion.engine.download;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Downloads in processes of their own: two at once, one that is killed, one that the disk has no room for. */
class SeveralProcessesTest extends HubTest {

    @Test
    void twoAtOnceFetchEachFileOnce() throws Exception {
        hub.always(WEIGHTS, Faults.drip(30_000, 100));
        Process first = start(List.of());
        Process second = start(List.of());
        assertEquals(0, ended(first), () -> output(first));
        assertEquals(0, ended(second), () -> output(second));
        assertWhole(cache.resolve("models--lab--edges").resolve("snapshots").resolve(FaultyHub.COMMIT));
        assertEquals(1, hub.count(WEIGHTS));
    }

    @Test
    void whatAKilledOneFetchedIsUsed() throws Exception {
        hub.always(WEIGHTS, Faults.drip(10_000, 100));
        Process process = start(List.of());
        for (int i = 0; i < 600 && !(Files.exists(part()) && Files.size(part()) >= 50_000); i++) {
            Thread.sleep(50);
        }
        process.destroyForcibly();
        ended(process);
        assertNothingIsUsed();
        long here = Files.size(part());
        hub.heal();
        hub.asked().clear();
        assertWhole(fetch());
        assertEquals(
                "bytes=" + here + "-",
                hub.asked().stream()
                        .filter(asked -> asked.path().endsWith(WEIGHTS))
                        .findFirst()
                        .orElseThrow()
                        .range());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "it has no ulimit")
    void whereTheDiskTakesNoMoreItEndsInASentenceAndGoesOnLater() throws Exception {
        Process process = start(List.of("bash", "-c", "ulimit -f 100; exec \"$@\"", "bash"));
        assertEquals(1, ended(process));
        String sentence = output(process);
        assertTrue(
                sentence.contains("expected to write there, found ") && sentence.contains("is the disk full?"),
                sentence);
        assertEquals(1, hub.count(WEIGHTS), "tries");
        assertNothingIsUsed();
        assertTrue(Files.size(part()) <= 100 * 1024 && Files.size(part()) > 0, "bytes " + Files.size(part()));
        assertWhole(fetch());
    }

    private Process start(List<String> before) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:-UsePerfData",
                "-Xmx100m",
                "-classpath",
                System.getProperty("java.class.path"),
                FetchProgram.class.getName(),
                hub.endpoint().toString(),
                cache.toString(),
                NAME));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static int ended(Process process) throws InterruptedException {
        assertTrue(process.waitFor(60, TimeUnit.SECONDS), "it ends");
        return process.exitValue();
    }

    private static String output(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return e.toString();
        }
    }
}
