package sc.fiji.diffusion.engine.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.CancelledException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.job.Engine;
import sc.fiji.diffusion.engine.job.InProcessEngine;

/** When workers begin and end: no process and no shared memory is left behind, and none gets in another's way. */
@Timeout(120)
class WorkerLifeTest {

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"killed", "exit", "return"})
    void aWorkerEndsWithItsClientHoweverThatEnds(String end) throws IOException, InterruptedException {
        assertNoOrphan(end, System.getProperty("java.class.path"));
    }

    @Test
    void theProgramMayLieInAFolderWithBlanksAndOtherLetters() throws IOException, InterruptedException {
        String name = "Größe 大 + %20 (1)";
        String encoding = System.getProperty("sun.jnu.encoding");
        assumeTrue(Charset.forName(encoding).newEncoder().canEncode(name), "file names here are in " + encoding);
        Path odd = Files.createDirectory(folder.resolve(name));
        List<String> entries = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            Path copy = odd.resolve(
                    Integer.toString(entries.size()) + Path.of(entry).getFileName());
            copy(Path.of(entry), copy);
            entries.add(copy.toString());
        }
        assertNoOrphan("return", String.join(File.pathSeparator, entries));
    }

    private static void assertNoOrphan(String end, String classPath) throws IOException, InterruptedException {
        Process client = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-classpath",
                        classPath,
                        ClientProgram.class.getName(),
                        end)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said = client.inputReader()) {
            long worker = Long.parseLong(said.readLine());
            Set<String> shared = Workers.shared(worker);
            assertEquals("working", said.readLine());
            if (end.equals("killed")) {
                client.destroyForcibly();
            }
            assertTrue(client.waitFor(20, TimeUnit.SECONDS), "the client ends");
            Workers.assertGone(worker);
            Workers.assertFreed(shared);
        } finally {
            client.destroyForcibly();
        }
    }

    @Test
    void anIdleWorkerEndsAndTheNextJobStartsAnother() throws IOException {
        try (WorkerEngine engine =
                new WorkerEngine(execution -> WorkerSettings.usual(), UnaryOperator.identity(), 100)) {
            RgbImage first = Workers.picture(engine);
            Workers.await("the end of the idle worker", () -> engine.pid().isEmpty());
            Workers.assertSame(first, Workers.picture(engine));
        }
    }

    @Test
    void aClosedEngineLeavesNothingAndEndsTheJobUnderWay() throws Exception {
        WorkerEngine engine = new WorkerEngine();
        Workers.picture(engine);
        long pid = Workers.pid(engine);
        Set<String> shared = Workers.shared(pid);
        CountDownLatch running = new CountDownLatch(1);
        CompletableFuture<?> job = CompletableFuture.supplyAsync(
                () -> engine.run(Workers.job(Workers.MANY_STEPS, 1), (stage, done, total) -> running.countDown()));
        running.await();
        engine.close();
        ExecutionException ended = assertThrows(ExecutionException.class, job::get);
        assertInstanceOf(CancelledException.class, ended.getCause());
        Workers.assertGone(pid);
        Workers.assertFreed(shared);
    }

    @Test
    void twoClientsWorkAtOnceAndUnpackTheSameModel() throws Exception {
        WorkerSettings settings =
                WorkerSettings.usual().withJvmOptions(List.of("-Ddiffusion.cache=" + folder.resolve("empty cache")));
        try (WorkerEngine first = new WorkerEngine(execution -> settings);
                WorkerEngine second = new WorkerEngine(execution -> settings)) {
            CompletableFuture<RgbImage> one = CompletableFuture.supplyAsync(() -> Workers.picture(first));
            CompletableFuture<RgbImage> other = CompletableFuture.supplyAsync(() -> Workers.picture(second));
            Workers.assertSame(one.get(), other.get());
            assertTrue(Workers.pid(first) != Workers.pid(second), "two processes");
            first.closeModel();
            Workers.assertSame(one.get(), Workers.picture(second));
        }
    }

    @Test
    void ofTenJobsTheCancelledThirdIsLostAndTheOthersAreDone() throws Exception {
        List<RgbImage> expected = new ArrayList<>();
        try (Engine here = new InProcessEngine()) {
            for (int i = 0; i < 10; i++) {
                expected.add(Workers.picture(here.run(Workers.job(2, i), Progress.NONE)));
            }
        }
        ExecutorService threads = Executors.newFixedThreadPool(10);
        try (WorkerEngine engine = new WorkerEngine()) {
            List<CompletableFuture<RgbImage>> made = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                int seed = i;
                Progress progress = seed == 2 ? cancelledAtItsFirstStep() : Progress.NONE;
                made.add(CompletableFuture.supplyAsync(
                        () -> Workers.picture(engine.run(Workers.job(2, seed), progress)), threads));
            }
            for (int i = 0; i < 10; i++) {
                if (i == 2) {
                    assertEquals(
                            CancelledException.class,
                            made.get(i)
                                    .handle((picture, failure) ->
                                            failure.getCause().getClass())
                                    .get());
                } else {
                    Workers.assertSame(expected.get(i), made.get(i).get());
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    private static Progress cancelledAtItsFirstStep() {
        AtomicBoolean cancelled = new AtomicBoolean();
        return new Progress() {
            @Override
            public void report(Stage stage, int done, int total) {
                cancelled.compareAndSet(false, stage == Stage.DENOISING);
            }

            @Override
            public boolean isCancelled() {
                return cancelled.get();
            }
        };
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file).toString()));
            }
        }
    }
}
