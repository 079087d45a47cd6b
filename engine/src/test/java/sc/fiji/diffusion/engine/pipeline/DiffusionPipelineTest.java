package sc.fiji.diffusion.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import sc.fiji.diffusion.engine.CancelledException;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.runtime.Memory;
import sc.fiji.diffusion.engine.scheduler.SchedulerChoice;
import sc.fiji.diffusion.engine.scheduler.Schedulers;

/** The pipeline on the model that ships inside. */
class DiffusionPipelineTest {

    private static DiffusionPipeline pipeline;

    private final TextToImageRequest request = TextToImageRequest.of("many green nuclei on a dark background", 128, 128)
            .withSteps(4)
            .withSeed(1);

    @BeforeAll
    static void open() {
        pipeline = DiffusionPipeline.open(Checkpoint.open(Models.locate(Models.EMBEDDED)), Progress.NONE);
    }

    @AfterAll
    static void close() {
        pipeline.close();
    }

    @Test
    void theSameSeedGivesTheSamePixelsAndAnotherSeedOthers() {
        RgbImage first = image(request);
        assertEquals(first, image(request));
        assertNotEquals(first, image(request.withSeed(2)));
        assertNotEquals(
                first,
                image(TextToImageRequest.of("a few red bacteria", 128, 128)
                        .withSteps(4)
                        .withSeed(1)));
    }

    static List<String> schedulers() {
        return Schedulers.names();
    }

    @ParameterizedTest
    @MethodSource("schedulers")
    void everySchedulerMakesAPictureThatIsNotFlat(String scheduler) {
        // Beta's few steps are far apart: with 8 of them its pictures are noise.
        RgbImage image =
                image(request.withSteps(14).withGuidanceScale(2).withScheduler(SchedulerChoice.named(scheduler)));
        assertTrue(standardDeviation(image) > 0.1, scheduler + ": standard deviation " + standardDeviation(image));
    }

    @ParameterizedTest
    @CsvSource({"8, 8", "72, 136", "200, 64"})
    void anySizeThatTheVaesFactorDividesIsMade(int width, int height) {
        TextToImageRequest sized =
                TextToImageRequest.of("yellow beads", width, height).withSteps(2);
        RgbImage image = image(sized);
        assertEquals(width, image.width());
        assertEquals(height, image.height());
    }

    @Test
    void otherSizesAreRefusedWithOneThatWouldDo() {
        RequestException e =
                assertThrows(RequestException.class, () -> image(TextToImageRequest.of("beads", 128, 130)));
        assertEquals(
                "height: expected a multiple of 8, as this model's VAE needs, such as 128, found 130", e.getMessage());
    }

    @Test
    void withoutGuidanceTheNegativePromptChangesNothing() {
        TextToImageRequest plain = request.withGuidanceScale(1);
        assertArrayEquals(
                latents(plain),
                latents(plain.withNegativePrompt("red bacteria")),
                "guidance 1: negative prompt unused");
        assertFalse(Arrays.equals(latents(request), latents(request.withNegativePrompt("red bacteria"))));
    }

    @Test
    void aSizeBeyondThisComputersMemoryIsRefusedBeforeItTakesAny() {
        int side = TextToImageRequest.LARGEST_SIDE;
        Assumptions.assumeTrue(Memory.total() < 30e9, "this computer's memory may do");
        EngineException refused = assertThrows(
                EngineException.class, () -> pipeline.textToImage(request.withSize(side, side), Progress.NONE));
        assertTrue(
                refused.getMessage().startsWith("width 16384 and height 16384: expected at most the "),
                refused.getMessage());
    }

    @Test
    void progressIsReportedStageByStageUpToItsTotal() {
        List<String> reports = new ArrayList<>();
        pipeline.textToImage(
                request.withSteps(2).withBatchSize(2),
                (stage, done, total) -> reports.add(stage + " " + done + "/" + total));
        assertEquals(
                List.of(
                        "ENCODING_TEXT 0/2",
                        "ENCODING_TEXT 1/2",
                        "ENCODING_TEXT 2/2",
                        "DENOISING 0/4",
                        "DENOISING 1/4",
                        "DENOISING 2/4",
                        "DENOISING 2/4",
                        "DENOISING 3/4",
                        "DENOISING 4/4",
                        "DECODING 0/2",
                        "DECODING 1/2",
                        "DECODING 2/2"),
                reports);
    }

    @Test
    void cancelTakesEffectInsideAStepAndThePipelineWorksOn() {
        // A step of this size takes seconds; the wish to cancel comes when it has begun, with no step in between.
        TextToImageRequest large = TextToImageRequest.of("neurons", 1024, 1024).withSteps(50);
        CancelsInTheFirstStep progress = new CancelsInTheFirstStep();
        assertThrows(CancelledException.class, () -> pipeline.textToImage(large, progress));
        assertEquals(0, progress.stepsDone);
        assertEquals(128, image(request).width());
    }

    @Test
    void provenanceSaysWhatMadeTheImage() {
        GenerationResult result = pipeline.textToImage(request.withBatchSize(2), Progress.NONE);
        String text = result.provenance().text();
        for (String line : List.of(
                "Prompt: many green nuclei on a dark background",
                "Seed: 1",
                "Steps: 4",
                "Size: 128 x 128",
                "Model: micrograph",
                "ONNX Runtime: 1.29.0",
                "Device: CPU",
                "Scheduler: ")) {
            assertTrue(text.contains(line), line + " in\n" + text);
        }
        assertTrue(result.provenance().model().sha256().matches("[0-9a-f]{64}"));
        assertEquals(
                List.of(1L, 2L),
                result.images().stream().map(GeneratedImage::seed).toList());
    }

    /** Wants to cancel as soon as the first step has been asked for, and a little time has gone. */
    private static final class CancelsInTheFirstStep implements Progress {

        private static final long DELAY_NANOSECONDS = 100_000_000;

        private volatile long denoisingSince;
        private int stepsDone;

        @Override
        public void report(Stage stage, int done, int total) {
            if (stage == Stage.DENOISING) {
                denoisingSince = System.nanoTime();
                stepsDone = done;
            }
        }

        @Override
        public boolean isCancelled() {
            return denoisingSince != 0 && System.nanoTime() - denoisingSince > DELAY_NANOSECONDS;
        }
    }

    private static RgbImage image(TextToImageRequest request) {
        return pipeline.textToImage(request, Progress.NONE).images().get(0).image();
    }

    private static float[] latents(TextToImageRequest request) {
        return pipeline.textToImage(request, Progress.NONE).latents().values();
    }

    private static double standardDeviation(RgbImage image) {
        double sum = 0;
        double squares = 0;
        for (float sample : image.samples()) {
            sum += sample;
            squares += sample * sample;
        }
        double mean = sum / image.samples().length;
        return Math.sqrt(squares / image.samples().length - mean * mean);
    }
}
