package sc.fiji.diffusion.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.Reference;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.network.UNet2DCondition;
import sc.fiji.diffusion.engine.runtime.InferenceSession;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;
import sc.fiji.diffusion.engine.scheduler.SchedulerChoice;
import sc.fiji.diffusion.engine.tensor.Tensor;

/** Stable Diffusion XL, part by part and as a whole, against what diffusers makes of the same weights. */
class XlReferenceTest {

    private static final double TOLERANCE = 1e-4;
    private static final int TOKENS = 77;

    private final Path folder = Reference.folder().resolve("sdxl");
    private final Checkpoint sdxl = Checkpoint.open(folder);
    private final SafetensorsFile golden = SafetensorsFile.open(folder.resolve("golden.safetensors"));

    @Test
    void theTextEncodersGiveHiddenStatesSideBySideAndTheTextSummedUp() {
        Tensor hiddenStates = golden.readFloats("prompt_embeds");
        Tensor pooled = golden.readFloats("pooled");
        try (PromptEncoder encoder = PlainPrompts.open(sdxl)) {
            for (int text = 0; text < hiddenStates.size(0); text++) {
                TextEncoder first = encoder.encoders().get(0);
                TextEncoder second = encoder.encoders().get(1);
                Tensor found = Tensor.concatenated(
                        2,
                        List.of(
                                first.encode(ids("ids", text), 0, Progress.NONE).hiddenStates(),
                                second.encode(ids("ids_2", text), 0, Progress.NONE)
                                        .hiddenStates()));
                assertClose("hidden states of text " + text, hiddenStates.entry(text), found);
                assertClose(
                        "text " + text + " summed up",
                        pooled.entry(text),
                        second.encode(ids("ids_2", text), 0, Progress.NONE)
                                .pooled()
                                .orElseThrow());
            }
        }
    }

    @Test
    void theUNetIsToldOfTheTextAndOfTheSize() {
        try (InferenceSession session = InferenceSession.open(UNet2DCondition.graph(sdxl.unet()))) {
            Tensor hiddenStates = golden.readFloats("prompt_embeds");
            Tensor pooled = golden.readFloats("pooled");
            Tensor predicted = session.run(
                    Map.of(
                            UNet2DCondition.SAMPLE, golden.readFloats("unet_sample"),
                            UNet2DCondition.TIMESTEP, Tensor.of(new float[] {500}, 1),
                            UNet2DCondition.ENCODER_HIDDEN_STATES, firstTwo(hiddenStates),
                            UNet2DCondition.TEXT_EMBEDS, firstTwo(pooled),
                            UNet2DCondition.TIME_IDS, golden.readFloats("unet_time_ids")),
                    UNet2DCondition.OUT_SAMPLE,
                    Progress.NONE);
            assertClose("unet_out_t500", golden.readFloats("unet_out_t500"), predicted);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"euler", "euler_a", "dpmpp_2m_karras"})
    void latentsAndImageOfAnOblongPictureEqualTheReferences(String scheduler) {
        TextToImageRequest request = TextToImageRequest.of("a photograph of an astronaut riding a horse", 96, 64)
                .withSteps(6)
                .withGuidanceScale(5)
                .withSeed(42)
                .withScheduler(SchedulerChoice.named(scheduler));
        try (DiffusionPipeline pipeline = DiffusionPipeline.open(sdxl, Progress.NONE)) {
            GenerationResult result = pipeline.textToImage(request, Progress.NONE);
            assertClose("latents", golden.readFloats("txt2img_" + scheduler + "_latents"), result.latents());
            float[] image = result.images().get(0).image().samples();
            Reference.assertClose(
                    "image",
                    golden.readFloats("txt2img_" + scheduler + "_image").values(),
                    image,
                    TOLERANCE);
        }
    }

    private int[] ids(String name, int text) {
        return Arrays.stream(golden.readLongs(name), text * TOKENS, (text + 1) * TOKENS)
                .mapToInt(Math::toIntExact)
                .toArray();
    }

    private static Tensor firstTwo(Tensor tensor) {
        return Tensor.concatenated(0, List.of(tensor.entry(0), tensor.entry(1)));
    }

    private static void assertClose(String what, Tensor expected, Tensor actual) {
        assertArrayEquals(expected.shape(), actual.shape(), what);
        Reference.assertClose(what, expected.values(), actual.values(), TOLERANCE);
    }
}
