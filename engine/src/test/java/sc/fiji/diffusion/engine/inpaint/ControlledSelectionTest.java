package sc.fiji.diffusion.engine.inpaint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.Reference;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.checkpoint.ControlNetCheckpoint;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.pipeline.ControlImage;
import sc.fiji.diffusion.engine.pipeline.DiffusionPipeline;
import sc.fiji.diffusion.engine.pipeline.PipelineOptions;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;

/** A control image lies over the whole picture, of which the model sees the selection and its surroundings. */
class ControlledSelectionTest {

    private static final int WIDTH = 128;
    private static final int HEIGHT = 96;

    @Test
    void onlyThePartOfTheControlImageThatTheModelSeesMatters() {
        Checkpoint checkpoint = Checkpoint.open(Reference.folder().resolve("sd15"));
        ControlNetCheckpoint controlNet =
                ControlNetCheckpoint.open(Reference.folder().resolve("controlnet"));
        RgbImage black = new RgbImage(WIDTH, HEIGHT, new float[3 * WIDTH * HEIGHT]);
        try (DiffusionPipeline pipeline = DiffusionPipeline.open(
                checkpoint, PipelineOptions.of(checkpoint).withControlNets(List.of(controlNet)), Progress.NONE)) {
            float[] expected = latents(pipeline, black);
            float[] changedElsewhere = latents(pipeline, withWhite(black, new Region(96, 0, 32, HEIGHT)));
            float[] changedInside = latents(pipeline, withWhite(black, new Region(12, 12, 12, 12)));
            assertEquals(0, Reference.relativeError(changedElsewhere, expected));
            assertTrue(Reference.relativeError(changedInside, expected) > 1e-3, "it steers");
        }
    }

    private static float[] latents(DiffusionPipeline pipeline, RgbImage control) {
        TextToImageRequest settings = TextToImageRequest.of("beads", WIDTH, HEIGHT)
                .withSteps(4)
                .withControlImages(List.of(ControlImage.of(control)));
        InpaintRecipe recipe =
                new InpaintRecipe(new Crop.Padding(8), OptionalInt.of(0), OptionalInt.of(0), Optional.empty());
        SelectionRequest request = new SelectionRequest(
                settings,
                withWhite(new RgbImage(WIDTH, HEIGHT, new float[3 * WIDTH * HEIGHT]), new Region(0, 0, 60, 60)),
                Mask.of(new Region(8, 8, 24, 24), WIDTH, HEIGHT),
                1,
                recipe);
        return new SelectionInpainter(pipeline)
                .inpaint(request, Progress.NONE)
                .result()
                .latents()
                .values();
    }

    private static RgbImage withWhite(RgbImage image, Region region) {
        float[] white = new float[3 * region.width() * region.height()];
        Arrays.fill(white, 1);
        return image.with(new RgbImage(region.width(), region.height(), white), region);
    }
}
