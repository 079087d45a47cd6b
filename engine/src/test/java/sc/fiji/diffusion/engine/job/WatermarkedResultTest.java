package sc.fiji.diffusion.engine.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.image.Blend;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.inpaint.InpaintRecipe;
import sc.fiji.diffusion.engine.inpaint.InpaintedSelection;
import sc.fiji.diffusion.engine.inpaint.SelectionRequest;
import sc.fiji.diffusion.engine.pipeline.GenerationResult;
import sc.fiji.diffusion.engine.pipeline.ImageToImageRequest;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.engine.upscale.UpscaleRequest;
import sc.fiji.diffusion.engine.watermark.Watermark;
import sc.fiji.diffusion.engine.watermark.WatermarkDetector;

/** Jobs mark what they make, with the model that ships inside, and nothing else. */
class WatermarkedResultTest {

    private static final TextToImageRequest SETTINGS = TextToImageRequest.of("many green nuclei", 128, 128)
            .withSteps(4)
            .withGuidanceScale(2)
            .withSeed(3);

    private static InProcessEngine engine;

    @BeforeAll
    static void open() {
        engine = new InProcessEngine();
    }

    @AfterAll
    static void close() {
        engine.close();
    }

    @Test
    void aTextsImageIsThatOfThePipelineMarked() {
        GenerationResult marked = run(new TextToImageJob(Models.EMBEDDED, SETTINGS));
        GenerationResult plain = run(new TextToImageJob(Models.EMBEDDED, SETTINGS.withWatermark(false)));
        assertEquals(Watermark.laid(picture(plain)), picture(marked));
        assertArrayEquals(plain.latents().values(), marked.latents().values());
        assertTrue(found(picture(marked)));
        assertFalse(found(picture(plain)));
        assertTrue(marked.provenance().text().contains("Watermark: invisible, version 1\n"));
        assertFalse(plain.provenance().text().contains("Watermark"));
    }

    @Test
    void theSameSeedGivesTheSameMarkedPixels() {
        assertEquals(
                picture(run(new TextToImageJob(Models.EMBEDDED, SETTINGS))),
                picture(run(new TextToImageJob(Models.EMBEDDED, SETTINGS))));
    }

    @Test
    void imageToImageAndUpscalingAreMarkedInTheSizeTheyEndIn() {
        RgbImage image = picture(run(new TextToImageJob(Models.EMBEDDED, SETTINGS.withWatermark(false))));
        RgbImage changed =
                picture(run(new ImageToImageJob(Models.EMBEDDED, new ImageToImageRequest(SETTINGS, image, 0.6))));
        assertEquals(1, WatermarkDetector.detect(changed).scale());
        assertTrue(found(changed));
        TextToImageRequest larger = SETTINGS.withSize(200, 180);
        RgbImage upscaled = picture(run(new UpscaleJob(Models.EMBEDDED, new UpscaleRequest(larger, image, 0.3, 0.25))));
        assertTrue(found(upscaled));
        assertEquals(1, WatermarkDetector.detect(upscaled).scale());
    }

    @Test
    void onlyWhatWasSelectedIsMarked() {
        RgbImage original = picture(run(new TextToImageJob(Models.EMBEDDED, SETTINGS.withWatermark(false))));
        Region selection = new Region(20, 10, 90, 100);
        InpaintedSelection made = inpainted(original, selection);
        RgbImage laid = Blend.over(original, made.result().images().get(0).image(), made.blend());
        for (int y = 0; y < 128; y++) {
            for (int x = 0; x < 128; x++) {
                boolean inside = x >= 20 && x < 110 && y >= 10 && y < 110;
                for (int channel = 0; channel < 3 && !inside; channel++) {
                    assertEquals(original.at(x, y, channel), laid.at(x, y, channel), "x " + x + ", y " + y);
                }
            }
        }
        assertNotEquals(original, laid);
        assertTrue(found(laid.crop(selection)));
        assertTrue(made.result().provenance().text().contains("Watermark: "));
    }

    @Test
    void aSmallSelectionIsNotMarkedAndNotSaidToBe() {
        RgbImage original = picture(run(new TextToImageJob(Models.EMBEDDED, SETTINGS.withWatermark(false))));
        InpaintedSelection made = inpainted(original, new Region(40, 40, 30, 30));
        assertFalse(made.result().provenance().text().contains("Watermark"));
    }

    private static InpaintedSelection inpainted(RgbImage original, Region selection) {
        Mask mask = Mask.of(selection, 128, 128);
        SelectionRequest request = new SelectionRequest(SETTINGS, original, mask, 1, InpaintRecipe.automatic());
        return engine.run(new InpaintJob(Models.EMBEDDED, request), Progress.NONE);
    }

    private static GenerationResult run(DiffusionJob<GenerationResult> job) {
        return engine.run(job, Progress.NONE);
    }

    private static RgbImage picture(GenerationResult result) {
        return result.images().get(0).image();
    }

    private static boolean found(RgbImage image) {
        return WatermarkDetector.detect(image).found();
    }
}
