package sc.fiji.diffusion.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.Reference;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.checkpoint.CheckpointOptions;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;

/** A single file with the original key names makes the images of the folder that it was made of. */
class SingleFileReferenceTest {

    private static final double TOLERANCE = 1e-4;

    private final Path whole = Reference.folder().resolve("sd15");
    private final Path file = Reference.folder().resolve("single-file").resolve("sd15.safetensors");
    private final SafetensorsFile golden = SafetensorsFile.open(whole.resolve("golden.safetensors"));
    private final TextToImageRequest request = TextToImageRequest.of(
                    "a photograph of an astronaut riding a horse", 64, 64)
            .withSteps(6)
            .withGuidanceScale(7.5)
            .withSeed(42);

    @Test
    void latentsAndImageEqualTheReferences() {
        GenerationResult result = generate(CheckpointOptions.NONE.withConfig(whole));
        Reference.assertClose(
                "latents",
                golden.readFloats("txt2img_pndm_latents").values(),
                result.latents().values(),
                TOLERANCE);
        Reference.assertClose(
                "image",
                golden.readFloats("txt2img_pndm_image").values(),
                result.images().get(0).image().samples(),
                TOLERANCE);
    }

    @Test
    void anotherVaeIsToldOfInTheProvenance() {
        GenerationResult result =
                generate(CheckpointOptions.NONE.withConfig(whole).withVae(whole.resolve("vae")));
        assertEquals("vae", result.provenance().model().vae().orElseThrow().name());
        assertEquals(
                Checkpoint.open(whole).vaeSha256(),
                result.provenance().model().vae().orElseThrow().sha256());
        Reference.assertClose(
                "image",
                golden.readFloats("txt2img_pndm_image").values(),
                result.images().get(0).image().samples(),
                TOLERANCE);
    }

    private GenerationResult generate(CheckpointOptions options) {
        try (DiffusionPipeline pipeline = DiffusionPipeline.open(Checkpoint.open(file, options), Progress.NONE)) {
            return pipeline.textToImage(request, Progress.NONE);
        }
    }
}
