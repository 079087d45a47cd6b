package sc.fiji.diffusion.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.blend.BlendKind;
import sc.fiji.diffusion.engine.blend.BlendedImage;
import sc.fiji.diffusion.engine.blend.Keyframe;
import sc.fiji.diffusion.engine.blend.NoiseBlend;
import sc.fiji.diffusion.engine.blend.PromptBlend;
import sc.fiji.diffusion.engine.blend.Variations;
import sc.fiji.diffusion.engine.blend.Walk;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.scheduler.SchedulerChoice;
import sc.fiji.diffusion.engine.tensor.Tensor;

/** Pictures between others, by the model that ships inside. */
class BlendRequestTest {

    private static final String NUCLEI = "many green nuclei on a dark background";
    private static final String BACTERIA = "many magenta bacteria on a light background";
    private static final TextToImageRequest SETTINGS =
            TextToImageRequest.of(NUCLEI, 128, 128).withSteps(4).withSeed(1);

    private static DiffusionPipeline pipeline;

    @BeforeAll
    static void open() {
        pipeline = DiffusionPipeline.open(Checkpoint.open(Models.locate(Models.EMBEDDED)), Progress.NONE);
    }

    @AfterAll
    static void close() {
        pipeline.close();
    }

    /** Ancestral schedulers add noise while they run: it has to be that of the end, too. */
    @ParameterizedTest
    @ValueSource(strings = {"euler", "euler_a", "dpmpp_2m_sde_karras", "lcm"})
    void theEndsOfAWalkAreThePicturesOfTheirPromptsAndSeedsToTheBit(String scheduler) {
        TextToImageRequest settings = SETTINGS.withScheduler(SchedulerChoice.named(scheduler));
        List<RgbImage> frames = images(
                BlendRequest.of(settings, new Walk(Keyframe.of(List.of(NUCLEI, BACTERIA), List.of(1L, 9L)), 3, false)));
        RgbImage first = single(settings);
        RgbImage last = single(settings.withPrompt(BACTERIA).withSeed(9));
        assertEquals(first, frames.get(0));
        assertEquals(last, frames.get(2));
        assertNotEquals(first, frames.get(1));
        assertNotEquals(last, frames.get(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "euler_a"})
    void variationsGoFromThePictureToThatOfTheOtherSeed(String scheduler) {
        TextToImageRequest settings =
                scheduler.equals("default") ? SETTINGS : SETTINGS.withScheduler(SchedulerChoice.named(scheduler));
        RgbImage itself = single(settings);
        assertEquals(List.of(itself, itself), images(BlendRequest.of(settings, new Variations(0, 5, 2))));
        assertEquals(
                List.of(single(settings.withSeed(5)), single(settings.withSeed(6))),
                images(BlendRequest.of(settings, new Variations(1, 5, 2))));
        double little = distance(
                itself,
                images(BlendRequest.of(settings, new Variations(0.1, 5, 1))).get(0));
        double more = distance(
                itself,
                images(BlendRequest.of(settings, new Variations(0.5, 5, 1))).get(0));
        double other = distance(itself, single(settings.withSeed(5)));
        assertTrue(0 < little && little < more && more < other, little + ", " + more + ", " + other);
    }

    @Test
    void halfWayIsTheSamePictureFromEitherSide() {
        BlendRequest there = BlendRequest.of(SETTINGS.withSeed(3), new Variations(0.5, 4, 1));
        BlendRequest back = BlendRequest.of(SETTINGS.withSeed(4), new Variations(0.5, 3, 1));
        assertTrue(distance(images(there).get(0), images(back).get(0)) < 1e-3);
    }

    /** A short prompt on its way to one of two chunks is repeated, which attention doesn't notice. */
    @Test
    void aWalkToALongerPromptBeginsWithoutAJump() {
        String longer = "a few yellow neurons on a dark background, ".repeat(12);
        BlendedImage at = new BlendedImage(new PromptBlend(NUCLEI, longer, 1e-6), NoiseBlend.of(1));
        BlendedImage end = new BlendedImage(new PromptBlend(longer, NUCLEI, 1e-6), NoiseBlend.of(1));
        List<RgbImage> made = images(new BlendRequest(SETTINGS, BlendKind.INTERPOLATION, List.of(at, end)));
        assertTrue(distance(single(SETTINGS), made.get(0)) < 1e-3, "from the short prompt");
        assertTrue(distance(single(SETTINGS.withPrompt(longer)), made.get(1)) < 1e-3, "from the long one");
        assertTrue(distance(made.get(0), made.get(1)) > 0.02, "they are not the same");
    }

    @Test
    void chunksAreRepeatedUntilBothTextsAreOfOneLength() {
        TextConditioning two = text(1, 2);
        TextConditioning three = text(10, 20, 30);
        Tensor mixed = two.mixed(three, 0.25).hiddenStates();
        assertArrayEquals(new int[] {1, 6, 1}, mixed.shape());
        assertArrayEquals(new float[] {3.25f, 6.5f, 8.25f, 4, 5.75f, 9}, mixed.values());
    }

    @Test
    void whatWasDoneIsToldSoThatItCanBeMadeAgain() {
        BlendRequest walk = BlendRequest.of(
                SETTINGS.withSteps(1), new Walk(Keyframe.of(List.of(NUCLEI, BACTERIA), List.of(1L, 9L)), 2, true));
        assertLines(
                walk,
                "Task: interpolation",
                "Prompt: " + NUCLEI,
                "Image 1: seed 1, " + NUCLEI,
                "Image 2: seed 9, " + BACTERIA);
        assertLines(
                BlendRequest.of(SETTINGS.withSteps(1), new Variations(0.25, 6, 2)),
                "Task: variation",
                "Image 1: seed 1 to 6 at 0.25, " + NUCLEI,
                "Image 2: seed 1 to 7 at 0.25, " + NUCLEI,
                "Seed: 1");
    }

    @Test
    void progressGoesThroughAllFramesOnce() {
        List<String> reports = new ArrayList<>();
        BlendRequest walk = BlendRequest.of(
                SETTINGS.withSteps(2), new Walk(Keyframe.of(List.of("one", "two"), List.of(1L)), 3, false));
        pipeline.blend(walk, (stage, done, total) -> reports.add(stage + " " + done));
        assertEquals(
                List.of("DENOISING 0", "DENOISING 1", "DENOISING 2", "DENOISING 2", "DENOISING 3", "DENOISING 4"),
                reports.stream()
                        .filter(report -> report.startsWith("DENOISING"))
                        .limit(6)
                        .toList());
        assertEquals(
                List.of("ENCODING_TEXT 0", "ENCODING_TEXT 1", "ENCODING_TEXT 2"),
                reports.stream()
                        .filter(report -> report.startsWith("ENCODING_TEXT"))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void positionsBeyondTheEndsAreRefused(double position) {
        assertThrows(RequestException.class, () -> new PromptBlend("a", "b", position));
        assertThrows(RequestException.class, () -> new NoiseBlend(1, 2, position));
        assertThrows(RequestException.class, () -> new Variations(position, 2, 1));
    }

    private static void assertLines(BlendRequest request, String... lines) {
        String text = pipeline.blend(request, Progress.NONE).provenance().text();
        for (String line : lines) {
            assertTrue(("\n" + text).contains("\n" + line + "\n"), () -> line + " in\n" + text);
        }
    }

    private static TextConditioning text(float... states) {
        return new TextConditioning(Tensor.of(states, 1, states.length, 1), Optional.empty());
    }

    private static RgbImage single(TextToImageRequest request) {
        return pipeline.textToImage(request, Progress.NONE).images().get(0).image();
    }

    private static List<RgbImage> images(BlendRequest request) {
        return pipeline.blend(request, Progress.NONE).images().stream()
                .map(GeneratedImage::image)
                .toList();
    }

    /** Root of the mean squared difference of samples from 0 to 1. */
    private static double distance(RgbImage first, RgbImage second) {
        double squares = 0;
        for (int i = 0; i < first.samples().length; i++) {
            squares += Math.pow(first.samples()[i] - second.samples()[i], 2);
        }
        return Math.sqrt(squares / first.samples().length);
    }
}
