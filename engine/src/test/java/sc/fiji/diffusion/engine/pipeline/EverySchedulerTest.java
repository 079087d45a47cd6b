package sc.fiji.diffusion.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.Reference;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.pipeline.InpaintRequest.MaskReduction;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;
import sc.fiji.diffusion.engine.scheduler.SchedulerChoice;
import sc.fiji.diffusion.engine.scheduler.Schedulers;

/** Every scheduler that has a name, in every pipeline, with a model of Stable Diffusion's topology. */
class EverySchedulerTest {

    private static DiffusionPipeline pipeline;
    private static SafetensorsFile golden;

    @BeforeAll
    static void open() {
        Path folder = Reference.folder().resolve("sd15");
        golden = SafetensorsFile.open(folder.resolve("golden.safetensors"));
        pipeline = DiffusionPipeline.open(Checkpoint.open(folder), Progress.NONE);
    }

    @AfterAll
    static void close() {
        if (pipeline != null) {
            pipeline.close();
        }
    }

    static List<String> schedulers() {
        return Schedulers.names();
    }

    @ParameterizedTest
    @MethodSource("schedulers")
    void textToImageGivesNumbersInSixStepsAndInOne(String scheduler) {
        assertNumbers(pipeline.textToImage(request(scheduler, 6), Progress.NONE));
        assertNumbers(pipeline.textToImage(request(scheduler, 1), Progress.NONE));
    }

    @ParameterizedTest
    @MethodSource("schedulers")
    void imageToImageAndInpaintingGiveNumbers(String scheduler) {
        TextToImageRequest request = request(scheduler, 6);
        assertNumbers(pipeline.imageToImage(
                new ImageToImageRequest(request, GoldenPictures.image(golden), 0.6), Progress.NONE));
        assertNumbers(pipeline.inpaint(
                new InpaintRequest(
                        request, GoldenPictures.image(golden), GoldenPictures.mask(golden), MaskReduction.NEAREST, 0.7),
                Progress.NONE));
    }

    private static TextToImageRequest request(String scheduler, int steps) {
        return TextToImageRequest.of("a photograph of an astronaut riding a horse", 64, 64)
                .withSteps(steps)
                .withSeed(42)
                .withScheduler(SchedulerChoice.named(scheduler));
    }

    /** Latents of this model stay within some tens. */
    private static void assertNumbers(GenerationResult result) {
        float[] latents = result.latents().values();
        for (int i = 0; i < latents.length; i++) {
            assertTrue(Math.abs(latents[i]) < 1000, "latent " + i + " is " + latents[i]);
        }
    }
}
