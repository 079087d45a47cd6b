package sc.fiji.diffusion.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import sc.fiji.diffusion.engine.CancelledException;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.job.TextToImageJob;
import sc.fiji.diffusion.engine.pipeline.GenerationResult;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;

@Timeout(120)
class DiffusionJobsTest {

    private static final int SIZE = 64;
    private static final int MANY_STEPS = 900;

    private final DiffusionJobs jobs = DiffusionJobs.shared();

    private static TextToImageJob job(int steps) {
        TextToImageRequest request =
                TextToImageRequest.of("nuclei", SIZE, SIZE).withSteps(steps).withSeed(5);
        return new TextToImageJob(Models.EMBEDDED, request);
    }

    @BeforeEach
    void startCold() {
        jobs.closeModel();
    }

    @AfterAll
    static void giveTheMemoryBack() {
        DiffusionJobs.shared().closeModel();
    }

    @Test
    void theModelIsLoadedOnceAndStaysWarm() {
        assertTrue(stagesOf(job(1)).contains(Progress.Stage.LOADING));
        assertFalse(stagesOf(job(1)).contains(Progress.Stage.LOADING));
        jobs.closeModel();
        assertTrue(stagesOf(job(1)).contains(Progress.Stage.LOADING));
    }

    @Test
    void theSameSeedGivesTheSameImage() {
        GenerationResult first = jobs.run(job(2), Progress.NONE);
        GenerationResult second = jobs.run(job(2), Progress.NONE);
        assertEquals(5, first.images().get(0).seed());
        assertArrayEquals(
                first.images().get(0).image().packed(),
                second.images().get(0).image().packed());
    }

    @Test
    void aCancelledJobEndsWithinAStepAndTheNextOneWorks() {
        AtomicBoolean cancelled = new AtomicBoolean();
        Progress cancelAtFirstStep = new Progress() {
            @Override
            public void report(Stage stage, int done, int total) {
                cancelled.compareAndSet(false, stage == Stage.DENOISING && done == 1);
            }

            @Override
            public boolean isCancelled() {
                return cancelled.get();
            }
        };
        assertThrows(CancelledException.class, () -> jobs.run(job(MANY_STEPS), cancelAtFirstStep));
        assertEquals(1, jobs.run(job(1), Progress.NONE).images().size());
    }

    @Test
    void aJobThatWaitsForAnotherOneCanBeCancelled() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        AtomicBoolean stop = new AtomicBoolean();
        CompletableFuture<GenerationResult> first =
                CompletableFuture.supplyAsync(() -> jobs.run(job(MANY_STEPS), progress(running, stop)));
        running.await();
        assertThrows(CancelledException.class, () -> jobs.run(job(1), progress(running, new AtomicBoolean(true))));
        assertFalse(first.isDone());
        stop.set(true);
        assertThrows(Exception.class, first::get);
    }

    @Test
    void aModelThatCanNotBeOpenedLeavesRoomForOneThatCan() {
        TextToImageJob lost = new TextToImageJob("no-such-folder", job(1).request());
        assertThrows(CheckpointException.class, () -> jobs.run(lost, Progress.NONE));
        assertEquals(1, jobs.run(job(1), Progress.NONE).images().size());
    }

    private Set<Progress.Stage> stagesOf(TextToImageJob job) {
        Set<Progress.Stage> stages = EnumSet.noneOf(Progress.Stage.class);
        jobs.run(job, (stage, done, total) -> stages.add(stage));
        return stages;
    }

    private static Progress progress(CountDownLatch started, AtomicBoolean stop) {
        return new Progress() {
            @Override
            public void report(Stage stage, int done, int total) {
                started.countDown();
            }

            @Override
            public boolean isCancelled() {
                return stop.get();
            }
        };
    }
}
