package sc.fiji.diffusion.engine.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import sc.fiji.diffusion.engine.CancelledException;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.DiffusionException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.inpaint.InpaintRecipe;
import sc.fiji.diffusion.engine.inpaint.InpaintedSelection;
import sc.fiji.diffusion.engine.inpaint.SelectionRequest;
import sc.fiji.diffusion.engine.job.DiffusionJob;
import sc.fiji.diffusion.engine.job.Engine;
import sc.fiji.diffusion.engine.job.ImageToImageJob;
import sc.fiji.diffusion.engine.job.InProcessEngine;
import sc.fiji.diffusion.engine.job.InpaintJob;
import sc.fiji.diffusion.engine.job.TextToImageJob;
import sc.fiji.diffusion.engine.job.UpscaleJob;
import sc.fiji.diffusion.engine.pipeline.GenerationResult;
import sc.fiji.diffusion.engine.pipeline.ImageToImageRequest;
import sc.fiji.diffusion.engine.pipeline.Previews;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.engine.upscale.UpscaleRequest;

/** What an engine in a process of its own does: the same as one in this process. */
@Timeout(120)
class WorkerEngineTest {

    private static WorkerEngine worker;
    private static Engine here;

    @BeforeAll
    static void open() {
        worker = new WorkerEngine();
        here = new InProcessEngine();
    }

    @AfterAll
    static void close() {
        worker.close();
        here.close();
    }

    @Test
    void itMakesTheSameImagesFromText() {
        TextToImageRequest request = Workers.job(3, 9)
                .request()
                .withBatchSize(2)
                .withNegativePrompt("naïve \"quotes\" 細胞")
                .withGuidanceScale(3.1);
        assertSameResult(new TextToImageJob(Models.EMBEDDED, request));
    }

    @Test
    void itMakesTheSameOfPicturesLargerThanWhatIsShared() {
        // 27 MB: several pieces in each direction, the last one shorter.
        RgbImage image = ramp(1511, 1490);
        TextToImageRequest settings = Workers.job(2, 3).request().withSize(1511, 1490);
        assertSameResult(new ImageToImageJob(Models.EMBEDDED, new ImageToImageRequest(settings, image, 0.7)));
    }

    @Test
    void itInpaintsTheSame() {
        RgbImage image = ramp(101, 75);
        TextToImageRequest settings = Workers.job(2, 3).request().withSize(101, 75);
        Mask mask = Mask.of(new Region(20, 20, 40, 30), 101, 75);
        InpaintJob job = new InpaintJob(
                Models.EMBEDDED, new SelectionRequest(settings, image, mask, 0.8, InpaintRecipe.automatic()));
        InpaintedSelection expected = here.run(job, Progress.NONE);
        InpaintedSelection found = worker.run(job, Progress.NONE);
        assertEquals(expected.blend(), found.blend());
        assertSame(expected.result(), found.result());
    }

    @Test
    void itUpscalesTheSame() {
        TextToImageRequest settings = Workers.job(4, 3).request().withSize(150, 140);
        assertSameResult(new UpscaleJob(Models.EMBEDDED, new UpscaleRequest(settings, ramp(64, 60), 0.5, 0.25)));
    }

    @Test
    void itKeepsTheModelOpenFromJobToJob() {
        worker.closeModel();
        assertTrue(stages(worker, Workers.job(1, 1)).contains(Progress.Stage.LOADING));
        long first = Workers.pid(worker);
        assertFalse(stages(worker, Workers.job(1, 1)).contains(Progress.Stage.LOADING));
        assertEquals(first, Workers.pid(worker), "process");
        worker.closeModel();
        Workers.assertGone(first);
        assertTrue(stages(worker, Workers.job(1, 1)).contains(Progress.Stage.LOADING));
        assertNotEquals(first, Workers.pid(worker), "process");
    }

    @Test
    void itHandsPreviewsOverThatApproachTheResult() {
        TextToImageRequest request = TextToImageRequest.of("many green nuclei", 128, 128)
                .withSteps(60)
                .withWatermark(false);
        TextToImageJob job = new TextToImageJob(Models.EMBEDDED, request);
        worker.run(job, new Previews());
        Previews previews = new Previews();
        RgbImage made = Workers.picture(worker.run(job, previews));
        int count = previews.pictures().size();
        assertTrue(count >= 5, count + " previews");
        assertEquals(32, previews.pictures().get(0).width());
        double first = Previews.correlation(previews.pictures().get(0), made);
        double last = Previews.correlation(previews.pictures().get(count - 1), made);
        assertTrue(last > 0.8 && last > first, "first " + first + ", last " + last);
    }

    @Test
    void itTellsOfTheSameStages() {
        assertEquals(stages(here, Workers.job(2, 1)), stages(worker, Workers.job(2, 1)));
    }

    @Test
    void itFailsWithTheSameSentences() {
        TextToImageJob uneven =
                new TextToImageJob(Models.EMBEDDED, Workers.job(1, 1).request().withSize(61, 64));
        assertEquals(
                assertThrows(RequestException.class, () -> here.run(uneven, Progress.NONE))
                        .getMessage(),
                assertThrows(RequestException.class, () -> worker.run(uneven, Progress.NONE))
                        .getMessage());
        TextToImageJob lost =
                new TextToImageJob("no such folder é", Workers.job(1, 1).request());
        DiffusionException expected = assertThrows(CheckpointException.class, () -> here.run(lost, Progress.NONE));
        DiffusionException found = assertThrows(CheckpointException.class, () -> worker.run(lost, Progress.NONE));
        assertEquals(expected.getMessage(), found.getMessage());
        assertTrue(
                List.of(found.getCause().getStackTrace()).stream()
                        .anyMatch(frame -> frame.getClassName().equals(InProcessEngine.class.getName())),
                "where it happened");
    }

    @Test
    void aCancelledJobEndsInTheMidstOfItsStepsAndTheModelStaysOpen() {
        Workers.picture(worker);
        long first = Workers.pid(worker);
        AtomicBoolean cancelled = new AtomicBoolean();
        Progress afterAStep = new Progress() {
            @Override
            public void report(Stage stage, int done, int total) {
                cancelled.compareAndSet(false, stage == Stage.DENOISING && done == 1);
            }

            @Override
            public boolean isCancelled() {
                return cancelled.get();
            }
        };
        assertThrows(CancelledException.class, () -> worker.run(Workers.job(Workers.MANY_STEPS, 1), afterAStep));
        assertFalse(stages(worker, Workers.job(1, 1)).contains(Progress.Stage.LOADING));
        assertEquals(first, Workers.pid(worker), "process");
    }

    private static void assertSameResult(DiffusionJob<GenerationResult> job) {
        assertSame(here.run(job, Progress.NONE), worker.run(job, Progress.NONE));
    }

    private static void assertSame(GenerationResult expected, GenerationResult found) {
        assertEquals(expected.images().size(), found.images().size());
        for (int i = 0; i < expected.images().size(); i++) {
            assertEquals(expected.images().get(i).seed(), found.images().get(i).seed());
            Workers.assertSame(
                    expected.images().get(i).image(), found.images().get(i).image());
        }
        assertEquals(expected.latents(), found.latents());
        assertEquals(undated(expected), undated(found));
    }

    private static String undated(GenerationResult result) {
        return result.provenance().text().replaceAll("Created: .*", "");
    }

    private static Set<Progress.Stage> stages(Engine engine, TextToImageJob job) {
        Set<Progress.Stage> stages = EnumSet.noneOf(Progress.Stage.class);
        engine.run(job, (stage, done, total) -> stages.add(stage));
        return stages;
    }

    private static RgbImage ramp(int width, int height) {
        float[] samples = new float[3 * width * height];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (i % 1000) / 999f;
        }
        return new RgbImage(width, height, samples);
    }
}
