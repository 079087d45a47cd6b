package sc.fiji.diffusion.engine.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.job.Engine;
import sc.fiji.diffusion.engine.job.TextToImageJob;
import sc.fiji.diffusion.engine.pipeline.GenerationResult;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;

/** What tests of workers have in common: small jobs, and looks at real processes. */
final class Workers {

    static final int MANY_STEPS = 900;

    private static final int SIZE = 64;
    private static final long PATIENCE_MILLIS = 20_000;
    private static final Pattern SHARED = Pattern.compile("/dev/shm/(psm_\\w+)");

    private Workers() {}

    static TextToImageJob job(int steps, long seed) {
        TextToImageRequest request =
                TextToImageRequest.of("nuclei", SIZE, SIZE).withSteps(steps).withSeed(seed);
        return new TextToImageJob(Models.EMBEDDED, request);
    }

    static RgbImage picture(Engine engine) {
        return picture(engine.run(job(2, 5), Progress.NONE));
    }

    static RgbImage picture(GenerationResult result) {
        return result.images().get(0).image();
    }

    /** The number of the engine's process, which must run. */
    static long pid(WorkerEngine engine) {
        return engine.pid().orElseThrow();
    }

    static void kill(long pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    static void signal(String name, long pid) {
        try {
            Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
            assertTrue(kill.waitFor(10, TimeUnit.SECONDS), "kill");
            assertEquals(0, kill.exitValue());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** Stops a process, and waits until all of its threads stand still: until then it may answer. */
    static void stop(long pid) {
        signal("STOP", pid);
        await("process " + pid + " to stand still", () -> standsStill(pid));
    }

    /** On Linux; elsewhere it is taken for granted. */
    private static boolean standsStill(long pid) {
        Path threads = Path.of("/proc", Long.toString(pid), "task");
        if (!Files.isDirectory(threads)) {
            return true;
        }
        try (Stream<Path> all = Files.list(threads)) {
            return all.allMatch(Workers::isStopped);
        } catch (IOException | UncheckedIOException e) {
            // A thread that has just ended.
            return false;
        }
    }

    /** The state is the letter behind the name, which is in parentheses (proc_pid_stat(5)). */
    private static boolean isStopped(Path thread) {
        try {
            String line = Files.readString(thread.resolve("stat"));
            return line.startsWith("T", line.lastIndexOf(')') + 2);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The shared memory of a process by its names, on Linux; elsewhere nothing. */
    static Set<String> shared(long pid) throws IOException {
        Path maps = Path.of("/proc", Long.toString(pid), "maps");
        if (!Files.isReadable(maps)) {
            return Set.of();
        }
        return SHARED.matcher(Files.readString(maps))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toSet());
    }

    static void assertFreed(Set<String> names) {
        for (String name : names) {
            await("the end of shared memory " + name, () -> !Files.exists(Path.of("/dev/shm", name)));
        }
    }

    static void assertGone(long pid) {
        await(
                "the end of process " + pid,
                () -> ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    static void await(String what, BooleanSupplier condition) {
        long end = System.currentTimeMillis() + PATIENCE_MILLIS;
        while (!condition.getAsBoolean()) {
            assertTrue(System.currentTimeMillis() < end, "expected " + what);
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    static void assertSame(RgbImage expected, RgbImage found) {
        assertEquals(expected.width(), found.width());
        assertEquals(expected.height(), found.height());
        for (int i = 0; i < expected.samples().length; i++) {
            int pixel = i / 3;
            assertEquals(
                    expected.samples()[i],
                    found.samples()[i],
                    "x " + pixel % expected.width() + ", y " + pixel / expected.width() + ", channel " + i % 3);
        }
    }

    /** A command line in a shell, after something else. */
    static List<String> afterwards(String first, List<String> command) {
        List<String> shell = new ArrayList<>(List.of("sh", "-c", first + "\nexec \"$0\" \"$@\""));
        shell.addAll(command);
        return shell;
    }
}
