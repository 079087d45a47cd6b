package sc.fiji.diffusion.engine.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.CancelledException;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.job.DiffusionJob;
import sc.fiji.diffusion.engine.job.Engine;
import sc.fiji.diffusion.engine.job.ImageToImageJob;
import sc.fiji.diffusion.engine.job.InProcessEngine;
import sc.fiji.diffusion.engine.pipeline.Execution;
import sc.fiji.diffusion.engine.pipeline.ImageToImageRequest;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;

/** Workers that die, get stuck, have too little memory, print without end. Each time the next job works. */
@Timeout(120)
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "signals and shells are those of POSIX")
class WorkerCrashTest {

    private static RgbImage expected;

    private final AtomicReference<WorkerSettings> settings = new AtomicReference<>(WorkerSettings.usual());
    private UnaryOperator<List<String>> launcher = UnaryOperator.identity();
    private final WorkerEngine engine = new WorkerEngine(
            execution -> settings.get(), command -> launcher.apply(command), TimeUnit.MINUTES.toMillis(1));

    @BeforeAll
    static void makeWhatIsExpected() {
        try (Engine here = new InProcessEngine()) {
            expected = Workers.picture(here);
        }
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @ParameterizedTest
    @EnumSource(
            value = Progress.Stage.class,
            names = {"LOADING", "DENOISING", "DECODING"})
    void aWorkerKilledInAStageCostsOneJob(Progress.Stage killed) throws IOException {
        engine.prepare(Execution.USUAL);
        assertOneJobIsLost((stage, done, total) -> {
            if (stage == killed) {
                Workers.kill(Workers.pid(engine));
            }
        });
    }

    @Test
    void aWorkerKilledWhileItHandsItsPictureOverCostsOneJob() throws IOException {
        engine.prepare(Execution.USUAL);
        assertOneJobIsLost(new Progress() {
            @Override
            public void report(Stage stage, int done, int total) {}

            @Override
            public boolean isCancelled() {
                // The client asks on its way through every answer: so that is known where it is.
                boolean taking = StackWalker.getInstance()
                        .walk(frames ->
                                frames.anyMatch(frame -> frame.getMethodName().equals("taken")));
                if (taking) {
                    Workers.kill(Workers.pid(engine));
                }
                return false;
            }
        });
    }

    private void assertOneJobIsLost(Progress killing) throws IOException {
        long pid = Workers.pid(engine);
        Set<String> shared = Workers.shared(pid);
        EngineException lost = assertThrows(EngineException.class, () -> engine.run(Workers.job(30, 1), killing));
        assertEquals(
                "engine: expected its process to go on, found that it was killed by signal 9, as the system does where"
                        + " memory runs out; the next job starts another one",
                lost.getMessage());
        Workers.assertGone(pid);
        Workers.assertFreed(shared);
        assertTheNextJobWorks();
        assertNotEquals(pid, Workers.pid(engine), "process");
    }

    @Test
    void aCrashIsCalledByItsName(@TempDir Path folder) {
        Path log = folder.resolve("crash.log");
        settings.set(WorkerSettings.usual().withJvmOptions(List.of("-XX:ErrorFile=" + log)));
        engine.prepare(Execution.USUAL);
        EngineException lost = assertThrows(
                EngineException.class,
                () -> engine.run(Workers.job(Workers.MANY_STEPS, 1), (stage, done, total) -> {
                    if (stage == Progress.Stage.DENOISING && done == 1) {
                        Workers.signal("SEGV", Workers.pid(engine));
                    }
                }));
        assertTrue(
                lost.getMessage().matches(".* found that it has crashed \\(SIGSEGV \\(0xb\\) .*"), lost.getMessage());
        assertTrue(Files.exists(log), "what Java tells of it");
        assertTheNextJobWorks();
    }

    @Test
    void aWorkerThatDiesBetweenJobsCostsNone() {
        assertTheNextJobWorks();
        long pid = Workers.pid(engine);
        Workers.kill(pid);
        Workers.assertGone(pid);
        assertTheNextJobWorks();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-Xmx1000000g", "-XX:NoSuchOption"})
    void aJvmThatDoesNotStartIsOneSentence(String option) {
        settings.set(WorkerSettings.usual().withJvmOptions(List.of(option)));
        assertFailsInOneSentence(Workers.job(1, 1));
    }

    @Test
    void aJvmWithTooLittleHeapForThePictureIsOneSentence() {
        settings.set(WorkerSettings.usual().withJvmOptions(List.of("-Xmx16m")));
        int size = 1500;
        TextToImageRequest request =
                TextToImageRequest.of("nuclei", size, size).withSteps(2).withSeed(1);
        RgbImage image = new RgbImage(size, size, new float[3 * size * size]);
        assertFailsInOneSentence(new ImageToImageJob(Models.EMBEDDED, new ImageToImageRequest(request, image, 0.7)));
    }

    @ParameterizedTest
    @ValueSource(ints = {100_000, 600_000, 1_500_000})
    void aProcessWithTooLittleMemoryIsOneSentence(int kilobytes, @TempDir Path folder) {
        launcher = command -> Workers.afterwards("ulimit -v " + kilobytes, command);
        settings.set(WorkerSettings.usual()
                .withJvmOptions(List.of("-Xmx64m", "-XX:ErrorFile=" + folder.resolve("crash.log"))));
        assertFailsInOneSentence(Workers.job(1, 1));
        launcher = UnaryOperator.identity();
    }

    private void assertFailsInOneSentence(DiffusionJob<?> job) {
        EngineException failure = assertThrows(EngineException.class, () -> engine.run(job, Progress.NONE));
        assertTrue(failure.getMessage().matches("[^\\n]{20,600}"), failure.getMessage());
        settings.set(WorkerSettings.usual());
        launcher = UnaryOperator.identity();
        assertTheNextJobWorks();
    }

    @Test
    void aWorkerWhoseOutputIsFloodedAnswersAllTheSame() {
        launcher = command -> Workers.afterwards(flood("flood "), command);
        assertTheNextJobWorks();
        assertTheNextJobWorks();
    }

    @Test
    void aFloodThatLooksLikeAnswersCostsAJobAtMost() {
        launcher = command -> Workers.afterwards(flood("{\"task\": "), command);
        EngineException lost = assertThrows(
                EngineException.class, () -> engine.run(Workers.job(Workers.MANY_STEPS, 1), Progress.NONE));
        assertTrue(lost.getMessage().contains("can't be read"), lost.getMessage());
        launcher = UnaryOperator.identity();
        assertTheNextJobWorks();
    }

    /** Prints on the worker's pipes, never ending a line, as long as the worker is there. */
    private static String flood(String words) {
        return "(while kill -0 $$ 2>/dev/null; do printf '" + words + "'; printf '" + words + "' >&2; done) &";
    }

    @Test
    void aWorkerThatHasPrintedMuchIsReplaced() {
        settings.set(WorkerSettings.usual().withJvmOptions(List.of("-Xlog:class*=debug:stderr")));
        assertTheNextJobWorks();
        assertTrue(engine.pid().isEmpty(), "the worker has ended");
        settings.set(WorkerSettings.usual());
        assertTheNextJobWorks();
        assertTrue(engine.pid().isPresent(), "the worker is kept");
    }

    @Test
    void aStuckWorkerIsEndedWhenTheUserCancels() {
        assertTheNextJobWorks();
        long pid = Workers.pid(engine);
        AtomicBoolean cancelled = new AtomicBoolean();
        Progress stopping = new Progress() {
            @Override
            public void report(Stage stage, int done, int total) {
                if (stage == Stage.DENOISING && cancelled.compareAndSet(false, true)) {
                    Workers.stop(pid);
                }
            }

            @Override
            public boolean isCancelled() {
                return cancelled.get();
            }
        };
        assertThrows(CancelledException.class, () -> engine.run(Workers.job(Workers.MANY_STEPS, 1), stopping));
        Workers.assertGone(pid);
        assertTheNextJobWorks();
    }

    private void assertTheNextJobWorks() {
        Workers.assertSame(expected, Workers.picture(engine));
    }
}
