package sc.fiji.diffusion.engine.worker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.blend.Keyframe;
import sc.fiji.diffusion.engine.blend.Variations;
import sc.fiji.diffusion.engine.blend.Walk;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.MaskFill;
import sc.fiji.diffusion.engine.image.PixelHash;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.inpaint.Crop;
import sc.fiji.diffusion.engine.inpaint.InpaintRecipe;
import sc.fiji.diffusion.engine.inpaint.SelectionRequest;
import sc.fiji.diffusion.engine.job.BlendJob;
import sc.fiji.diffusion.engine.job.DiffusionJob;
import sc.fiji.diffusion.engine.job.ImageToImageJob;
import sc.fiji.diffusion.engine.job.InpaintJob;
import sc.fiji.diffusion.engine.job.ReplayJob;
import sc.fiji.diffusion.engine.job.TextToImageJob;
import sc.fiji.diffusion.engine.job.UpscaleJob;
import sc.fiji.diffusion.engine.network.GraphForm;
import sc.fiji.diffusion.engine.network.GraphForm.Operators;
import sc.fiji.diffusion.engine.pipeline.BlendRequest;
import sc.fiji.diffusion.engine.pipeline.ControlImage;
import sc.fiji.diffusion.engine.pipeline.Execution;
import sc.fiji.diffusion.engine.pipeline.GeneratedImage;
import sc.fiji.diffusion.engine.pipeline.GenerationResult;
import sc.fiji.diffusion.engine.pipeline.ImageToImageRequest;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.engine.prompt.PromptSyntax;
import sc.fiji.diffusion.engine.provenance.Model;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.engine.provenance.Provenances;
import sc.fiji.diffusion.engine.provenance.Task;
import sc.fiji.diffusion.engine.replay.ReplayRequest;
import sc.fiji.diffusion.engine.scheduler.SchedulerChoice;
import sc.fiji.diffusion.engine.scheduler.SchedulerConfig;
import sc.fiji.diffusion.engine.tensor.Tensor;
import sc.fiji.diffusion.engine.upscale.UpscaleRequest;

/** Whatever is handed to another process comes out of its parcel as it went in. */
class ParcelJsonTest {

    private static final RgbImage IMAGE = new RgbImage(2, 1, new float[] {0, 1, 0.3f, Float.MIN_VALUE, 0.5f, 0.1f});
    private static final Mask MASK = new Mask(2, 1, new float[] {0, 0.7f});
    private static final TextToImageRequest SETTINGS = TextToImageRequest.of(
                    "a (\"word\":1.3)\\n\u0000 \ud83d\ude00 細胞 </script>\u2028", 2, 1)
            .withNegativePrompt("null")
            .withSteps(40)
            .withGuidanceScale(0.1 + 0.2)
            .withSeed(Long.MAX_VALUE)
            .withBatchSize(7);

    static Stream<DiffusionJob<?>> jobs() {
        SchedulerConfig config = SchedulerConfig.of(
                JsonParser.parseString(
                                "{\"_class_name\": \"DPMSolverMultistepScheduler\", \"lambda_min_clipped\": -Infinity}")
                        .getAsJsonObject(),
                "a file");
        InpaintRecipe chosen = new InpaintRecipe(
                new Crop.Padding(12), OptionalInt.of(0), OptionalInt.of(9), Optional.of(MaskFill.NEUTRAL));
        return Stream.of(
                new TextToImageJob("a model", SETTINGS),
                new TextToImageJob(
                        "C:\\models\\é",
                        List.of("one", "two"),
                        SETTINGS.withControlImages(
                                List.of(ControlImage.of(IMAGE), new ControlImage(IMAGE, 0.5, 0.25, 0.75)))),
                new TextToImageJob("m", SETTINGS.withScheduler(SchedulerChoice.named("euler_a"))),
                new TextToImageJob("m", SETTINGS.withScheduler(SchedulerChoice.configured(config))),
                new TextToImageJob("m", SETTINGS.withSyntax(PromptSyntax.PLAIN).withClipSkip(2)),
                new ImageToImageJob("m", new ImageToImageRequest(SETTINGS, IMAGE, 0.6, 1.7)),
                new InpaintJob("m", new SelectionRequest(SETTINGS, IMAGE, MASK, 1, InpaintRecipe.automatic())),
                new InpaintJob("m", new SelectionRequest(SETTINGS, IMAGE, MASK, 0.4, chosen)),
                new UpscaleJob("m", new UpscaleRequest(SETTINGS, IMAGE, 0.3, 0.25)),
                new BlendJob("m", BlendRequest.of(SETTINGS, new Variations(0.3, 5, 2))),
                new BlendJob(
                        "m",
                        BlendRequest.of(
                                SETTINGS,
                                new Walk(Keyframe.of(List.of("a", "b"), List.of(1L, Long.MAX_VALUE)), 3, true))),
                new ReplayJob("m", List.of(), replay(Provenances.full().withModel(new Model("m", "00")), List.of())),
                new ReplayJob("m", List.of("one"), replay(steered(IMAGE), List.of(IMAGE))));
    }

    private static ReplayRequest replay(Provenance made, List<RgbImage> controlImages) {
        return new ReplayRequest(
                made.withTask(new Task.TextToImage()), Optional.empty(), Optional.empty(), controlImages);
    }

    private static Provenance steered(RgbImage control) {
        Provenance full = Provenances.full();
        return full.withModel(full.model()
                .withControlNets(full.model().controlNets().stream()
                        .map(use -> use.withImage(PixelHash.of(control)))
                        .toList()));
    }

    @ParameterizedTest
    @MethodSource("jobs")
    void anOrderStaysAsItIs(DiffusionJob<?> job) {
        Order order = new Order(
                job,
                new Execution(Execution.USUAL.device(), new GraphForm(Operators.PLAIN, GraphForm.USUAL.precision())));
        assertEquals(order, ParcelJson.unwrap(sent(ParcelJson.wrap(order), 16), Order.class));
    }

    @Test
    void aResultStaysAsItIs() {
        Provenance provenance = Provenances.full();
        GenerationResult result = new GenerationResult(
                List.of(new GeneratedImage(IMAGE, 3), new GeneratedImage(IMAGE, 4)),
                Tensor.of(new float[] {Float.NaN, -0f, Float.NEGATIVE_INFINITY, 4}, 1, 4, 1, 1),
                provenance);
        assertEquals(result, ParcelJson.unwrap(sent(ParcelJson.wrap(result), 64), GenerationResult.class));
        assertEquals(OptionalDouble.of(0.5), result.provenance().task().strength());
    }

    @ParameterizedTest
    @ValueSource(ints = {4, 8, 20, 1 << 20})
    void arraysGoInPiecesOfAnySize(int window) {
        float[] array = {1, 2, 3, 4, 5};
        Parcel sent = sent(new Parcel(new byte[] {1, 2, 3, 4, 5, 6, 7}, List.of(array, new float[0], array)), window);
        assertEquals(3, sent.arrays().size());
        assertEquals(0, sent.arrays().get(1).length);
        for (int i = 0; i < array.length; i++) {
            assertEquals(array[i], sent.arrays().get(2)[i], "value " + i);
        }
        assertEquals(7, sent.text()[6]);
    }

    @Test
    void anArrayIsNotCopiedIntoItsText() {
        Parcel parcel = ParcelJson.wrap(IMAGE);
        assertSame(IMAGE.samples(), parcel.arrays().get(0));
        assertTrue(parcel.text().length < 50, "length of the text");
    }

    /** Through a window of so many bytes. */
    private static Parcel sent(Parcel parcel, int window) {
        ParcelBuilder builder = new ParcelBuilder();
        for (int part = 0; part < parcel.parts(); part++) {
            long position = 0;
            do {
                ByteBuffer buffer = ByteBuffer.allocateDirect(window).order(ByteOrder.nativeOrder());
                Parcel.Piece piece = parcel.put(part, position, buffer);
                position += buffer.position();
                builder.add(piece, buffer.flip());
            } while (position < parcel.length(part));
        }
        return builder.parcel();
    }
}
