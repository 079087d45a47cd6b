package sc.fiji.diffusion.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.Reference;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;
import sc.fiji.diffusion.engine.scheduler.SchedulerChoice;
import sc.fiji.diffusion.engine.tensor.Tensor;

/** Whole images against those that diffusers makes of the same weights, seed and prompt. */
class TextToImageReferenceTest {

    private static final double TOLERANCE = 1e-3;
    private static final TextToImageRequest REQUEST = TextToImageRequest.of(
                    "a photograph of an astronaut riding a horse", 64, 64)
            .withSteps(6)
            .withGuidanceScale(7.5)
            .withSeed(42);

    private final Path folder = Reference.folder().resolve("sd15");
    private final SafetensorsFile golden = SafetensorsFile.open(folder.resolve("golden.safetensors"));

    @ParameterizedTest
    @ValueSource(strings = {"ddim", "pndm", "euler", "euler_a", "dpmpp_2m_karras"})
    void latentsAndImageEqualTheReferences(String scheduler) {
        GenerationResult result = generate(REQUEST.withScheduler(SchedulerChoice.named(scheduler)));
        Reference.assertClose(
                "latents",
                golden.readFloats("txt2img_" + scheduler + "_latents").values(),
                result.latents().values(),
                TOLERANCE);
        Tensor image = golden.readFloats("txt2img_" + scheduler + "_image");
        Reference.assertClose(
                "image", image.values(), result.images().get(0).image().samples(), TOLERANCE);
    }

    @Test
    void withoutANameTheModelsOwnSchedulerIsUsed() {
        GenerationResult result = generate(REQUEST);
        Reference.assertClose(
                "latents",
                golden.readFloats("txt2img_pndm_latents").values(),
                result.latents().values(),
                TOLERANCE);
        assertEquals("pndm", result.provenance().sampling().scheduler());
    }

    @Test
    void anImageOfABatchIsTheImageOfItsSeedAloneToTheBit() {
        TextToImageRequest ancestral =
                REQUEST.withScheduler(SchedulerChoice.named("euler_a")).withSteps(3);
        GenerationResult batch = generate(ancestral.withBatchSize(3));
        for (int i = 0; i < 3; i++) {
            GenerationResult alone = generate(ancestral.withSeed(42 + i));
            assertArrayEquals(alone.latents().values(), batch.latents().entry(i).values(), "latents of image " + i);
            assertEquals(alone.images().get(0), batch.images().get(i), "image " + i);
        }
    }

    private GenerationResult generate(TextToImageRequest request) {
        try (DiffusionPipeline pipeline = DiffusionPipeline.open(Checkpoint.open(folder), Progress.NONE)) {
            return pipeline.textToImage(request, Progress.NONE);
        }
    }
}
