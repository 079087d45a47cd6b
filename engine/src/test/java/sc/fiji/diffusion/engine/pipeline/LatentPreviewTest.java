package sc.fiji.diffusion.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.image.Resampling;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.scheduler.SchedulerChoice;
import sc.fiji.diffusion.engine.tensor.Tensor;

/** Previews of the model that ships inside. */
class LatentPreviewTest {

    private static final TextToImageRequest REQUEST = TextToImageRequest.of(
                    "an H&E stained tissue section with many glands", 128, 128)
            .withSteps(40)
            .withGuidanceScale(4)
            .withSeed(5);

    private static DiffusionPipeline pipeline;

    @BeforeAll
    static void open() {
        pipeline = DiffusionPipeline.open(Checkpoint.open(Models.locate(Models.EMBEDDED)), Progress.NONE);
        // Fits the colours, which costs as much as some steps.
        pipeline.textToImage(REQUEST, new Previews());
    }

    @AfterAll
    static void close() {
        pipeline.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ddim", "euler", "dpmpp_2m_karras", "heun"})
    void previewsApproachTheResult(String scheduler) {
        Previews previews;
        RgbImage made;
        int runs = 0;
        do { // A pause of the machine while one is made takes the time of those to come.
            previews = new Previews();
            made = pipeline.textToImage(REQUEST.withScheduler(SchedulerChoice.named(scheduler)), previews)
                    .images()
                    .get(0)
                    .image();
        } while (!(previews.cameNear(0.6) && previews.cameNear(0.9)) && ++runs < 5);
        List<RgbImage> pictures = previews.pictures();
        // How many fit into a twentieth of the time depends on the machine and on what else it does.
        assertTrue(pictures.size() >= 3, pictures.size() + " previews");
        double first = Previews.correlation(pictures.get(0), made);
        double middle = Previews.correlation(previews.near(0.6), made);
        double last = Previews.correlation(pictures.get(pictures.size() - 1), made);
        assertTrue(first < middle - 0.05 && middle < last + 0.02, first + ", " + middle + ", " + last);
        assertTrue(last > 0.8, "the last correlates by " + last);
        for (int i = 1; i < pictures.size(); i++) {
            assertNotEquals(pictures.get(i - 1), pictures.get(i), "preview " + i);
            assertEquals(32, pictures.get(i).width());
            assertEquals(32, pictures.get(i).height());
        }
    }

    @Test
    void theResultIsTheSameWithAndWithoutThem() {
        GenerationResult looked = pipeline.textToImage(REQUEST, new Previews());
        GenerationResult unseen = pipeline.textToImage(REQUEST, Progress.NONE);
        assertArrayEquals(unseen.latents().values(), looked.latents().values());
        assertEquals(unseen.images(), looked.images());
    }

    @Test
    void anAreaOfOneColourIsNotChequered() {
        LatentColors colors = LatentColors.fit(4, noise -> Resampling.resized(noisePicture(noise), 128, 128));
        float[] values = new float[4 * 9 * 7];
        Arrays.fill(values, 0.7f);
        RgbImage picture = colors.picture(Tensor.of(values, 1, 4, 7, 9));
        assertEquals(18, picture.width());
        for (int i = 3; i < picture.samples().length; i++) {
            assertEquals(picture.samples()[i % 3], picture.samples()[i], 1e-4, "sample " + i);
        }
    }

    /** Three channels as colours. */
    private static RgbImage noisePicture(Tensor noise) {
        float[] samples = new float[3 * 256];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = Math.min(1, Math.max(0, 0.5f + 0.2f * noise.values()[i % 3 * 256 + i / 3]));
        }
        return new RgbImage(16, 16, samples);
    }

    @Test
    void whereNobodyLooksNoneAreMade() {
        pipeline.textToImage(REQUEST.withSteps(3), new Progress() {
            @Override
            public void report(Stage stage, int done, int total) {
                // Nothing is kept.
            }

            @Override
            public void preview(RgbImage picture) {
                throw new AssertionError("a preview that nobody wants");
            }
        });
    }
}
