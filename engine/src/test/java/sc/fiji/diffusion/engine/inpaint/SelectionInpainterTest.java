package sc.fiji.diffusion.engine.inpaint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.image.Blend;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.MaskFill;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.pipeline.DiffusionPipeline;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;

/** The recipe on the model that ships inside. */
class SelectionInpainterTest {

    private static DiffusionPipeline pipeline;
    private static SelectionInpainter inpainter;

    @BeforeAll
    static void open() {
        pipeline = DiffusionPipeline.open(Checkpoint.open(Models.locate(Models.EMBEDDED)), Progress.NONE);
        inpainter = new SelectionInpainter(pipeline);
    }

    @AfterAll
    static void close() {
        pipeline.close();
    }

    @ParameterizedTest
    @CsvSource({
        "64, 64, 20, 20, 12, 10",
        "1, 1, 0, 0, 1, 1",
        "5, 7, 1, 2, 3, 2",
        "300, 40, 290, 30, 30, 30",
        "150, 211, 0, 0, 150, 211",
        "90, 90, 45, 45, 1, 1",
        "333, 127, 3, 60, 320, 2"
    })
    void anySelectionInAnImageOfAnySizeChangesInsideAloneToTheBit(
            int width, int height, int x, int y, int selectedWidth, int selectedHeight) {
        RgbImage image = picture(width, height);
        Mask mask = Mask.of(new Region(x, y, selectedWidth, selectedHeight), width, height);
        InpaintedSelection made = inpaint(image, mask, 1, InpaintRecipe.automatic());
        RgbImage generated = made.result().images().get(0).image();
        RgbImage laidOver = Blend.over(image, generated, made.blend());
        boolean changed = false;
        for (int i = 0; i < image.samples().length; i++) {
            if (mask.values()[i / 3] == 0) {
                String place = "x " + i / 3 % width + ", y " + i / 3 / width;
                assertEquals(0, made.blend().values()[i / 3], "blend at " + place);
                assertEquals(
                        Float.floatToRawIntBits(image.samples()[i]),
                        Float.floatToRawIntBits(laidOver.samples()[i]),
                        "sample at " + place);
            } else {
                changed |= laidOver.samples()[i] != image.samples()[i];
            }
        }
        assertTrue(changed, "something inside the selection is new");
    }

    @ParameterizedTest
    @EnumSource(MaskFill.class)
    void whatLiesUnderTheMaskMattersAtLowStrength(MaskFill fill) {
        RgbImage image = picture(64, 64);
        Mask mask = Mask.of(new Region(16, 16, 32, 32), 64, 64);
        InpaintRecipe recipe =
                new InpaintRecipe(new Crop.Auto(), OptionalInt.empty(), OptionalInt.empty(), Optional.of(fill));
        RgbImage made =
                inpaint(image, mask, 0.4, recipe).result().images().get(0).image();
        RgbImage original = inpaint(
                        image,
                        mask,
                        0.4,
                        new InpaintRecipe(
                                new Crop.Auto(),
                                OptionalInt.empty(),
                                OptionalInt.empty(),
                                Optional.of(MaskFill.ORIGINAL)))
                .result()
                .images()
                .get(0)
                .image();
        if (fill == MaskFill.ORIGINAL) {
            assertEquals(original, made);
        } else {
            assertNotEquals(original, made);
        }
    }

    @Test
    void aLowStrengthStillGetsFourSteps() {
        RgbImage image = picture(64, 64);
        int[] steps = new int[1];
        Progress counting = (stage, done, total) -> {
            if (stage == Progress.Stage.DENOISING) {
                steps[0] = total;
            }
        };
        TextToImageRequest settings = TextToImageRequest.of("beads", 64, 64).withSteps(6);
        inpainter.inpaint(new SelectionRequest(settings, image, centre(), 0.1, InpaintRecipe.automatic()), counting);
        assertEquals(4, steps[0]);
        inpainter.inpaint(new SelectionRequest(settings, image, centre(), 1, InpaintRecipe.automatic()), counting);
        assertEquals(6, steps[0]);
    }

    @Test
    void theSameSeedGivesTheSameAndAnotherAnother() {
        RgbImage image = picture(64, 64);
        TextToImageRequest settings =
                TextToImageRequest.of("red beads", 64, 64).withSteps(3).withSeed(4);
        RgbImage first = inpaint(settings, image);
        assertEquals(first, inpaint(settings, image));
        assertNotEquals(first, inpaint(settings.withSeed(5), image));
    }

    private static RgbImage inpaint(TextToImageRequest settings, RgbImage image) {
        return inpainter
                .inpaint(new SelectionRequest(settings, image, centre(), 1, InpaintRecipe.automatic()), Progress.NONE)
                .result()
                .images()
                .get(0)
                .image();
    }

    private static InpaintedSelection inpaint(RgbImage image, Mask mask, double strength, InpaintRecipe recipe) {
        TextToImageRequest settings = TextToImageRequest.of("green nuclei", image.width(), image.height())
                .withSteps(2)
                .withSeed(3);
        return inpainter.inpaint(new SelectionRequest(settings, image, mask, strength, recipe), Progress.NONE);
    }

    private static Mask centre() {
        return Mask.of(new Region(20, 24, 24, 16), 64, 64);
    }

    private static RgbImage picture(int width, int height) {
        Random random = new Random(width * 1000L + height);
        float[] samples = new float[3 * width * height];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = random.nextFloat();
        }
        return new RgbImage(width, height, samples);
    }
}
