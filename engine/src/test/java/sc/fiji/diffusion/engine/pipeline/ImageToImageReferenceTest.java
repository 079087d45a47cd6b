package sc.fiji.diffusion.engine.pipeline;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.Reference;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.pipeline.InpaintRequest.MaskReduction;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;
import sc.fiji.diffusion.engine.scheduler.SchedulerChoice;

/** Image to image and inpainting against what diffusers makes of the same weights, picture, mask, seed and prompt. */
class ImageToImageReferenceTest {

    private static final double TOLERANCE = 1e-3;
    private static final TextToImageRequest SETTINGS = TextToImageRequest.of(
                    "a photograph of an astronaut riding a horse", 64, 64)
            .withSteps(6)
            .withGuidanceScale(7.5)
            .withSeed(42);

    @ParameterizedTest
    @ValueSource(strings = {"ddim", "pndm", "dpmpp_2m_karras"})
    void imageToImageEqualsTheReference(String scheduler) {
        Path folder = Reference.folder().resolve("sd15");
        SafetensorsFile golden = SafetensorsFile.open(folder.resolve("golden.safetensors"));
        ImageToImageRequest request = new ImageToImageRequest(with(scheduler), GoldenPictures.image(golden), 0.6);
        try (DiffusionPipeline pipeline = DiffusionPipeline.open(Checkpoint.open(folder), Progress.NONE)) {
            assertEqual("img2img_" + scheduler + "_s60", golden, pipeline.imageToImage(request, Progress.NONE));
        }
    }

    @ParameterizedTest
    @CsvSource({"sd15, pndm, 100", "sd15, pndm, 70", "sd15-inpainting, ddim, 100", "sd15-inpainting, euler, 100"})
    void inpaintingEqualsTheReferenceWithUNetsOfFourAndOfNineChannels(String model, String scheduler, int percent) {
        Path folder = Reference.folder().resolve(model);
        SafetensorsFile golden = SafetensorsFile.open(folder.resolve("golden.safetensors"));
        InpaintRequest request = new InpaintRequest(
                with(scheduler),
                GoldenPictures.image(golden),
                GoldenPictures.mask(golden),
                MaskReduction.NEAREST,
                percent / 100.0);
        try (DiffusionPipeline pipeline = DiffusionPipeline.open(Checkpoint.open(folder), Progress.NONE)) {
            assertEqual("inpaint_" + scheduler + "_s" + percent, golden, pipeline.inpaint(request, Progress.NONE));
        }
    }

    private static TextToImageRequest with(String scheduler) {
        return SETTINGS.withScheduler(SchedulerChoice.named(scheduler));
    }

    private static void assertEqual(String name, SafetensorsFile golden, GenerationResult result) {
        Reference.assertClose(
                name + " latents",
                golden.readFloats(name + "_latents").values(),
                result.latents().values(),
                TOLERANCE);
        Reference.assertClose(
                name + " image",
                golden.readFloats(name + "_image").values(),
                result.images().get(0).image().samples(),
                TOLERANCE);
    }
}
