package sc.fiji.diffusion.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.Reference;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.adapter.Adaptation;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.checkpoint.Component;
import sc.fiji.diffusion.engine.checkpoint.ControlNetCheckpoint;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.network.ControlNet;
import sc.fiji.diffusion.engine.network.GraphForm;
import sc.fiji.diffusion.engine.network.UNet2DCondition;
import sc.fiji.diffusion.engine.runtime.InferenceSession;
import sc.fiji.diffusion.engine.scheduler.Scheduler;
import sc.fiji.diffusion.engine.scheduler.SchedulerChoice;
import sc.fiji.diffusion.engine.scheduler.SchedulerConfig;
import sc.fiji.diffusion.engine.scheduler.TorchRandom;
import sc.fiji.diffusion.engine.tensor.AnyTensor;
import sc.fiji.diffusion.engine.tensor.Tensor;

/** ControlNets in the pipelines. What they say is compared with diffusers in ControlNetTest. */
class ControlNetPipelineTest {

    private static final int STEPS = 6;
    private static final double GUIDANCE = 7.5;

    private static final Map<Integer, DiffusionPipeline> PIPELINES = new HashMap<>();

    private final Checkpoint sd15 = Checkpoint.open(Reference.folder().resolve("sd15"));
    private final Path folder = Reference.folder().resolve("controlnet");
    private final ControlNetCheckpoint controlNet = ControlNetCheckpoint.open(folder);
    private final TextToImageRequest request = TextToImageRequest.of("beads", 64, 64)
            .withSteps(STEPS)
            .withGuidanceScale(GUIDANCE)
            .withSeed(3)
            .withScheduler(SchedulerChoice.named("ddim"));

    @AfterAll
    static void close() {
        PIPELINES.values().forEach(DiffusionPipeline::close);
        PIPELINES.clear();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.34})
    void textToImageEqualsTheStepsWrittenOutByHand(double start) {
        ControlImage control = new ControlImage(picture(64, 64, 1), 0.8, start, 0.8);
        Tensor found = latents(1, request.withControlImages(List.of(control)));
        Reference.assertClose("latents", byHand(control).values(), found.values(), 1e-5);
    }

    /** diffusers' loop, with the networks run one after the other. */
    private Tensor byHand(ControlImage control) {
        Scheduler scheduler = SchedulerChoice.named("ddim")
                .resolve(SchedulerConfig.of(sd15.scheduler().json(), "the model"))
                .create(STEPS);
        Component component = controlNet.component(sd15.unet());
        Set<String> residuals = Set.copyOf(UNet2DCondition.residuals(sd15.unet()));
        float[] sample = new TorchRandom(3).next(4 * 8 * 8);
        try (PromptEncoder encoder = PlainPrompts.open(sd15);
                InferenceSession net = InferenceSession.open(ControlNet.graph(component));
                InferenceSession unet = InferenceSession.open(
                        UNet2DCondition.graphWithResiduals(sd15.unet(), Adaptation.NONE, GraphForm.USUAL))) {
            Tensor texts = Tensor.concatenated(
                    0, List.of(PlainPrompts.encode(encoder, ""), PlainPrompts.encode(encoder, "beads")));
            float[] timesteps = scheduler.timesteps();
            for (int i = 0; i < timesteps.length; i++) {
                boolean keeps = !((double) i / timesteps.length < control.start()
                        || (i + 1.0) / timesteps.length > control.end());
                Map<String, AnyTensor> inputs = new LinkedHashMap<>();
                inputs.put("sample", Tensor.of(sample, 1, 4, 8, 8).repeated(2));
                inputs.put("timestep", Tensor.of(new float[] {timesteps[i]}, 1));
                inputs.put("encoder_hidden_states", texts);
                Map<String, AnyTensor> shown = new LinkedHashMap<>(inputs);
                shown.put("controlnet_cond", channels(control.image()));
                net.run(shown, residuals, Progress.NONE)
                        .forEach((name, residual) ->
                                inputs.put(name, times(keeps ? (float) control.scale() : 0, residual)));
                float[] rows = unet.run(inputs, "out_sample", Progress.NONE).values();
                float[] predicted = new float[sample.length];
                for (int j = 0; j < predicted.length; j++) {
                    predicted[j] = (float) (rows[j] + GUIDANCE * (rows[sample.length + j] - rows[j]));
                }
                sample = scheduler.step(predicted, i, sample, null);
            }
        }
        return Tensor.of(sample, 1, 4, 8, 8);
    }

    @Test
    void withoutScaleOrAfterTheLastStepItChangesNothing() {
        float[] without = latents(0, request).values();
        RgbImage picture = picture(64, 64, 1);
        for (ControlImage control : List.of(new ControlImage(picture, 0, 0, 1), new ControlImage(picture, 1, 1, 1))) {
            Tensor found = latents(1, request.withControlImages(List.of(control)));
            Reference.assertClose(control.toString(), without, found.values(), 1e-6);
        }
        Tensor steered = latents(1, request.withControlImages(List.of(ControlImage.of(picture))));
        assertTrue(Reference.relativeError(steered.values(), without) > 0.01, "it steers otherwise");
    }

    @Test
    void twoControlNetsOfHalfScaleAreOneOfFullScale() {
        RgbImage picture = picture(64, 64, 1);
        Tensor two =
                latents(2, request.withControlImages(Collections.nCopies(2, new ControlImage(picture, 0.5, 0, 1))));
        Tensor one = latents(1, request.withControlImages(List.of(ControlImage.of(picture))));
        Reference.assertClose("two", one.values(), two.values(), 1e-6);
    }

    @Test
    void eachControlNetIsShownItsOwnPicture() {
        ControlImage full = ControlImage.of(picture(64, 64, 1));
        ControlImage off = new ControlImage(picture(64, 64, 2), 0, 0, 1);
        float[] one = latents(1, request.withControlImages(List.of(full))).values();
        Reference.assertClose(
                "first",
                one,
                latents(2, request.withControlImages(List.of(full, off))).values(),
                1e-6);
        Reference.assertClose(
                "second",
                one,
                latents(2, request.withControlImages(List.of(off, full))).values(),
                1e-6);
    }

    @Test
    void aControlImageOfAnotherSizeIsBroughtToThePictures() {
        RgbImage small = picture(64, 64, 1);
        float[] doubled = new float[128 * 128 * 3];
        for (int i = 0; i < doubled.length; i++) {
            doubled[i] = small.at(i / 3 % 128 / 2, i / 3 / 128 / 2, i % 3);
        }
        float[] expected = latents(1, request.withControlImages(List.of(ControlImage.of(small))))
                .values();
        float[] found = latents(1, request.withControlImages(List.of(ControlImage.of(new RgbImage(128, 128, doubled)))))
                .values();
        assertTrue(
                Reference.relativeError(found, expected) < 0.05,
                "much the same: " + Reference.relativeError(found, expected));
    }

    @Test
    void imageToImageAndInpaintingAreSteeredInTheStepsThatAreRun() {
        RgbImage picture = picture(64, 64, 5);
        Mask mask = Mask.of(new Region(16, 16, 32, 32), 64, 64);
        // at strength 0.5, three of six steps are run: a control that ends after a third of them steers the first
        List<ControlImage> first = List.of(new ControlImage(picture(64, 64, 1), 1, 0, 0.34));
        List<ControlImage> none = List.of(new ControlImage(picture(64, 64, 1), 1, 0, 0.3));
        DiffusionPipeline plain = pipeline(0);
        DiffusionPipeline steered = pipeline(1);
        ImageToImageRequest edit = new ImageToImageRequest(request, picture, 0.5);
        assertSteered(
                plain.imageToImage(edit, Progress.NONE),
                steered.imageToImage(
                        new ImageToImageRequest(request.withControlImages(none), picture, 0.5), Progress.NONE),
                steered.imageToImage(
                        new ImageToImageRequest(request.withControlImages(first), picture, 0.5), Progress.NONE));
        assertSteered(
                plain.inpaint(inpainting(request, picture, mask), Progress.NONE),
                steered.inpaint(inpainting(request.withControlImages(none), picture, mask), Progress.NONE),
                steered.inpaint(inpainting(request.withControlImages(first), picture, mask), Progress.NONE));
    }

    @Test
    void anInpaintingModelIsSteeredToo() {
        Checkpoint inpainting = Checkpoint.open(Reference.folder().resolve("sd15-inpainting"));
        RgbImage picture = picture(64, 64, 5);
        Mask mask = Mask.of(new Region(16, 16, 32, 32), 64, 64);
        try (DiffusionPipeline plain = DiffusionPipeline.open(inpainting, Progress.NONE);
                DiffusionPipeline steered = DiffusionPipeline.open(
                        inpainting,
                        PipelineOptions.of(inpainting).withControlNets(List.of(controlNet)),
                        Progress.NONE)) {
            List<ControlImage> off = List.of(new ControlImage(picture, 0, 0, 1));
            assertSteered(
                    plain.inpaint(inpainting(request, picture, mask), Progress.NONE),
                    steered.inpaint(inpainting(request.withControlImages(off), picture, mask), Progress.NONE),
                    steered.inpaint(
                            inpainting(request.withControlImages(List.of(ControlImage.of(picture))), picture, mask),
                            Progress.NONE));
        }
    }

    private static InpaintRequest inpainting(TextToImageRequest settings, RgbImage picture, Mask mask) {
        return new InpaintRequest(settings, picture, mask, InpaintRequest.MaskReduction.NEAREST, 0.5);
    }

    private static void assertSteered(GenerationResult plain, GenerationResult off, GenerationResult on) {
        Reference.assertClose("off", plain.latents().values(), off.latents().values(), 1e-6);
        assertTrue(
                Reference.relativeError(on.latents().values(), plain.latents().values()) > 1e-3, "it steers");
    }

    @Test
    void howItWasSteeredIsTold() {
        ControlImage control = new ControlImage(picture(8, 8, 1), 0.8, 0.25, 0.75);
        String text = pipeline(1)
                .textToImage(request.withSteps(1).withControlImages(List.of(control)), Progress.NONE)
                .provenance()
                .text();
        assertTrue(
                text.contains("\nControlNet: controlnet with scale 0.8 from 0.25 to 0.75 of the steps, SHA-256 "
                        + controlNet.sha256() + "\n"),
                text);
    }

    @Test
    void asManyPicturesAsControlNetsAreNeeded() {
        assertEquals(
                "control images: expected 1, one for each ControlNet, found 0",
                assertThrows(RequestException.class, () -> latents(1, request)).getMessage());
        assertEquals(
                "control images: expected 0, one for each ControlNet, found 1",
                assertThrows(
                                RequestException.class,
                                () -> latents(0, request.withControlImages(List.of(ControlImage.of(picture(8, 8, 1))))))
                        .getMessage());
    }

    @Test
    void aControlNetForAnotherFamilyIsRefusedInASentence() {
        Checkpoint sdxl = Checkpoint.open(Reference.folder().resolve("sdxl"));
        String message = assertThrows(
                        CheckpointException.class,
                        () -> DiffusionPipeline.open(
                                sdxl, PipelineOptions.of(sdxl).withControlNets(List.of(controlNet)), Progress.NONE))
                .getMessage();
        assertTrue(message.contains("expected a ControlNet for the model's family"), message);
    }

    private Tensor latents(int controlNets, TextToImageRequest of) {
        return pipeline(controlNets).textToImage(of, Progress.NONE).latents();
    }

    /** With so many ControlNets; opened once, which takes longer than the steps. */
    private DiffusionPipeline pipeline(int controlNets) {
        return PIPELINES.computeIfAbsent(
                controlNets,
                count -> DiffusionPipeline.open(
                        sd15,
                        PipelineOptions.of(sd15).withControlNets(Collections.nCopies(count, controlNet)),
                        Progress.NONE));
    }

    private static RgbImage picture(int width, int height, int seed) {
        float[] samples = new float[3 * width * height];
        IntStream.range(0, samples.length)
                .forEach(i -> samples[i] = (float) (0.5 + 0.5 * Math.sin(seed + i / 3 % width * 0.2 + i % 3 * seed)));
        return new RgbImage(width, height, samples);
    }

    /** Red, green, blue, each as a plane. */
    private static Tensor channels(RgbImage image) {
        float[] values = new float[image.samples().length];
        int plane = image.width() * image.height();
        for (int pixel = 0; pixel < plane; pixel++) {
            for (int channel = 0; channel < 3; channel++) {
                values[channel * plane + pixel] = image.at(pixel % image.width(), pixel / image.width(), channel);
            }
        }
        return Tensor.of(values, 1, 3, image.height(), image.width());
    }

    private static Tensor times(float scale, Tensor tensor) {
        float[] values = tensor.values().clone();
        for (int i = 0; i < values.length; i++) {
            values[i] *= scale;
        }
        return new Tensor(tensor.shape(), values);
    }
}
