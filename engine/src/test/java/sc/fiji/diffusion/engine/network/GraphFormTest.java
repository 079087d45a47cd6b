package sc.fiji.diffusion.engine.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.Reference;
import sc.fiji.diffusion.engine.adapter.Adaptation;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.graph.Precision;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.runtime.InferenceSession;
import sc.fiji.diffusion.engine.tensor.AnyTensor;
import sc.fiji.diffusion.engine.tensor.IntTensor;
import sc.fiji.diffusion.engine.tensor.Tensor;

/** One network, written in several forms, says the same. */
class GraphFormTest {

    private static final Checkpoint CHECKPOINT = Checkpoint.open(Models.locate(Models.EMBEDDED));

    private final Random random = new Random(3);

    @ParameterizedTest
    @CsvSource({
        "PLAIN, FLOAT32, 16, 16, 1e-5",
        "PLAIN, FLOAT32, 9, 13, 1e-5",
        "FUSED, FLOAT16, 16, 16, 2e-2",
        "PLAIN, FLOAT16, 9, 13, 2e-2",
        "FUSED, INT8, 16, 16, 4e-2",
        "FUSED, INT8, 9, 13, 4e-2"
    })
    void theUNetPredictsTheSameInEveryForm(
            GraphForm.Operators operators, Precision precision, int height, int width, double tolerance) {
        Map<String, AnyTensor> inputs = Map.of(
                UNet2DCondition.SAMPLE,
                gaussian(2, UNet2DCondition.inChannels(CHECKPOINT.unet()), height, width),
                UNet2DCondition.TIMESTEP,
                Tensor.of(new float[] {500}, 1),
                UNet2DCondition.ENCODER_HIDDEN_STATES,
                gaussian(2, 77, CHECKPOINT.unet().config().size("cross_attention_dim", 1, 4096)));
        Tensor usual = predicted(GraphForm.USUAL, inputs);
        Tensor other = predicted(new GraphForm(operators, precision), inputs);
        assertArrayEquals(usual.shape(), other.shape());
        double error = Reference.relativeError(other.values(), usual.values());
        assertTrue(error < tolerance, "relative error " + error);
        // A form that changed nothing would be none.
        assertTrue(precision == Precision.FLOAT32 || error > 1e-6, "relative error " + error);
    }

    private static Tensor predicted(GraphForm form, Map<String, AnyTensor> inputs) {
        try (InferenceSession session =
                InferenceSession.open(UNet2DCondition.graph(CHECKPOINT.unet(), Adaptation.NONE, form))) {
            return session.run(inputs, UNet2DCondition.OUT_SAMPLE, Progress.NONE);
        }
    }

    @Test
    void theTextEncoderAndTheDecoderSayTheSameInPlainNodes() {
        GraphForm plain = new GraphForm(GraphForm.Operators.PLAIN, Precision.FLOAT32);
        int[] ids = random.ints(77, 0, ClipText.vocabularySize(CHECKPOINT.textEncoder()))
                .toArray();
        Map<String, AnyTensor> text = Map.of(ClipText.INPUT_IDS, IntTensor.of(ids, 1, 77));
        try (InferenceSession usual = InferenceSession.open(ClipText.graph(CHECKPOINT.textEncoder()));
                InferenceSession other =
                        InferenceSession.open(ClipText.graph(CHECKPOINT.textEncoder(), Adaptation.NONE, plain))) {
            String output = ClipText.lastHiddenState(0);
            Reference.assertClose(
                    output,
                    usual.run(text, output, Progress.NONE).values(),
                    other.run(text, output, Progress.NONE).values(),
                    1e-5);
        }
        Autoencoder vae = Autoencoder.of(CHECKPOINT.vae());
        Map<String, AnyTensor> latents = Map.of(Autoencoder.LATENT_SAMPLE, gaussian(1, vae.latentChannels(), 8, 6));
        try (InferenceSession usual = InferenceSession.open(vae.decoderGraph());
                InferenceSession other = InferenceSession.open(vae.decoderGraph(plain))) {
            Reference.assertClose(
                    "decoded",
                    usual.run(latents, Autoencoder.SAMPLE, Progress.NONE).values(),
                    other.run(latents, Autoencoder.SAMPLE, Progress.NONE).values(),
                    1e-5);
        }
    }

    private Tensor gaussian(int... shape) {
        float[] values = new float[Tensor.count(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new Tensor(shape, values);
    }
}
