package sc.fiji.diffusion.engine.upscale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sc.fiji.diffusion.engine.CancelledException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.image.LowPassMatch;
import sc.fiji.diffusion.engine.image.Resampling;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.engine.image.TileLayout;
import sc.fiji.diffusion.engine.pipeline.DiffusionPipeline;
import sc.fiji.diffusion.engine.pipeline.GenerationResult;
import sc.fiji.diffusion.engine.pipeline.ImageToImageRequest;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.engine.scheduler.SchedulerChoice;

/** Upscaling with the model that ships inside. */
class UpscalerTest {

    private static final String PROMPT = "many green nuclei on a dark background";
    private static final int NATIVE = 128;

    private static DiffusionPipeline pipeline;
    private static Upscaler upscaler;
    private static RgbImage picture;

    @BeforeAll
    static void open() {
        pipeline = DiffusionPipeline.open(Checkpoint.open(Models.locate(Models.EMBEDDED)), Progress.NONE);
        upscaler = new Upscaler(pipeline);
        picture = pipeline.textToImage(settings(NATIVE, NATIVE).withSteps(12), Progress.NONE)
                .images()
                .get(0)
                .image();
    }

    @AfterAll
    static void close() {
        pipeline.close();
    }

    @Test
    void tilesLeaveNoTraceWhereTheyOverlapAndAreSeenWhereTheyDoNot() {
        // The same everywhere, so that all lines can be compared; 4 times as large it has 3 × 3 or 2 × 2 tiles.
        RgbImage texture = noise(64, 64);
        double seam = seam(texture, 0.25);
        double sideBySide = seam(texture, 0);
        assertTrue(seam > 0.9 && seam < 1.1, "seam " + seam + ", side by side " + sideBySide);
        assertTrue(sideBySide > 2, "side by side " + sideBySide);
    }

    private static double seam(RgbImage texture, double overlap) {
        Size size = new Size(256, 256);
        TextToImageRequest settings = settings(256, 256).withSteps(10);
        RgbImage made = made(new UpscaleRequest(settings, texture, 0.4, overlap));
        return TileSeam.ratio(made, TileLayout.of(size, NATIVE, 8, overlap));
    }

    private static RgbImage noise(int width, int height) {
        Random random = new Random(1);
        float[] samples = new float[3 * width * height];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = 0.2f + 0.6f * random.nextFloat();
        }
        return new RgbImage(width, height, samples);
    }

    @Test
    void coarseColoursStayThoseOfThePicture() {
        RgbImage texture = noise(64, 64);
        RgbImage made = made(new UpscaleRequest(settings(256, 200).withSteps(10), texture, 0.4, 0.25));
        RgbImage resampled = Resampling.resized(texture, 256, 200);
        assertNotEquals(resampled, made);
        // Averages over 32 × 25 pixels.
        RgbImage coarse = Resampling.resized(resampled, 8, 8);
        RgbImage coarseMade = Resampling.resized(made, 8, 8);
        double sum = 0;
        for (int i = 0; i < coarse.samples().length; i++) {
            float difference = Math.abs(coarse.samples()[i] - coarseMade.samples()[i]);
            assertTrue(difference < 0.1, "x " + i / 3 % 8 + ", y " + i / 24 + ", channel " + i % 3 + ": " + difference);
            sum += difference;
        }
        assertTrue(sum / coarse.samples().length < 0.02, "mean difference " + sum / coarse.samples().length);
    }

    @ParameterizedTest
    @CsvSource({"128, 128", "1, 1", "3, 250", "137, 129", "40, 30"})
    void anySizeIsMadeFromAnyOther(int width, int height) {
        RgbImage small = Resampling.resized(picture, 37, 61);
        for (RgbImage image : List.of(small, Resampling.resized(picture, 1, 1))) {
            GenerationResult result = upscaler.upscale(
                    new UpscaleRequest(settings(width, height).withSteps(2), image, 0.5, 0.25), Progress.NONE);
            RgbImage made = result.images().get(0).image();
            assertEquals(new Size(width, height), new Size(made.width(), made.height()));
            for (int i = 0; i < made.samples().length; i++) {
                float sample = made.samples()[i];
                assertTrue(sample >= 0 && sample <= 1, "x " + i / 3 % width + ", y " + i / 3 / width + ": " + sample);
            }
            assertEquals(width, result.provenance().sampling().size().width());
            assertEquals(height, result.provenance().sampling().size().height());
        }
    }

    @ParameterizedTest
    @CsvSource({"ddim", "euler_a"})
    void oneTileIsImageToImageButForTheCoarseColours(String scheduler) {
        TextToImageRequest settings = settings(NATIVE, NATIVE).withScheduler(SchedulerChoice.named(scheduler));
        RgbImage expected = pipeline.imageToImage(new ImageToImageRequest(settings, picture, 0.5), Progress.NONE)
                .images()
                .get(0)
                .image();
        RgbImage made = made(new UpscaleRequest(settings, picture, 0.5, 0.25));
        assertEquals(LowPassMatch.matched(expected, picture, 64), made);
    }

    @Test
    void picturesSmallerThanTheModelsAreWorkedOnEnlarged() {
        assertEquals(new Size(128, 256), Upscaler.workSize(64, 128, NATIVE));
        assertEquals(new Size(300, 129), Upscaler.workSize(300, 129, NATIVE));
        assertEquals(new Size(128, 128), Upscaler.workSize(1, 9, NATIVE));
        assertEquals(new Size(4000, 128), Upscaler.workSize(1000, 10, NATIVE));
    }

    @Test
    void imagesOfABatchAreThoseOfTheirSeeds() {
        UpscaleRequest both = new UpscaleRequest(settings(150, NATIVE).withBatchSize(2), picture, 0.5, 0.25);
        GenerationResult result = upscaler.upscale(both, Progress.NONE);
        RgbImage second = made(new UpscaleRequest(settings(150, NATIVE).withSeed(4), picture, 0.5, 0.25));
        assertEquals(
                List.of(3L, 4L), result.images().stream().map(i -> i.seed()).toList());
        assertEquals(second, result.images().get(1).image());
        assertNotEquals(second, result.images().get(0).image());
        assertEquals(4, result.latents().size(0), "two tiles each");
        assertEquals(3, result.provenance().seed());
        assertEquals(2, result.provenance().sampling().batchSize());
        String text = result.provenance().text();
        assertTrue(text.contains("Task: upscaling by tiles of 128 x 128 that overlap by 0.25\n"), text);
        assertTrue(text.contains("Strength: 0.5\n") && text.contains("not measured"), text);
    }

    @Test
    void progressRunsOverAllTilesAndCancelEndsSoon() {
        List<Integer> steps = new ArrayList<>();
        Progress counting = (stage, done, total) -> {
            if (stage == Progress.Stage.DENOISING) {
                assertEquals(12, total);
                steps.add(done);
            }
        };
        UpscaleRequest request = new UpscaleRequest(settings(200, 200).withSteps(6), picture, 0.5, 0.25);
        upscaler.upscale(request, counting);
        assertEquals(steps.stream().sorted().toList(), steps);
        assertEquals(List.of(0, 1, 2, 3), steps.stream().distinct().limit(4).toList());
        assertEquals(12, steps.get(steps.size() - 1));
        Progress inTheSecondTile = new Progress() {
            private boolean enough;

            @Override
            public void report(Stage stage, int done, int total) {
                enough |= stage == Stage.DENOISING && done == 4;
            }

            @Override
            public boolean isCancelled() {
                return enough;
            }
        };
        assertThrows(CancelledException.class, () -> upscaler.upscale(request, inTheSecondTile));
    }

    @Test
    void whatCanNotBeIsRefusedByName() {
        RequestException overlap =
                assertThrows(RequestException.class, () -> new UpscaleRequest(settings(200, 200), picture, 0.5, 0.6));
        assertEquals("overlap: expected 0 to 0.5, found 0.6", overlap.getMessage());
        RequestException strength =
                assertThrows(RequestException.class, () -> new UpscaleRequest(settings(200, 200), picture, 0.1, 0.2));
        assertTrue(strength.getMessage().startsWith("strength: expected at least 1/4"), strength.getMessage());
    }

    private static TextToImageRequest settings(int width, int height) {
        return TextToImageRequest.of(PROMPT, width, height)
                .withSteps(4)
                .withGuidanceScale(2)
                .withSeed(3);
    }

    private static RgbImage made(UpscaleRequest request) {
        return upscaler.upscale(request, Progress.NONE).images().get(0).image();
    }
}
