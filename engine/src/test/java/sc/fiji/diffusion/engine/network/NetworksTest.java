package sc.fiji.diffusion.engine.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.Reference;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.runtime.InferenceSession;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;
import sc.fiji.diffusion.engine.tensor.IntTensor;
import sc.fiji.diffusion.engine.tensor.Tensor;

/** Each network against what diffusers computes with the same weights. */
class NetworksTest {

    private static final double TOLERANCE = 1e-4;

    private final Checkpoint sd15 = Checkpoint.open(Reference.folder().resolve("sd15"));
    private final SafetensorsFile golden =
            SafetensorsFile.open(Reference.folder().resolve("sd15").resolve("golden.safetensors"));

    @Test
    void theTextEncoderGivesTheReferencesHiddenStates() {
        long[] ids = golden.readLongs("ids");
        int[] values = Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
        try (InferenceSession session = InferenceSession.open(ClipText.graph(sd15.textEncoder()))) {
            Tensor hidden = session.run(
                    Map.of(ClipText.INPUT_IDS, IntTensor.of(values, ids.length / 77, 77)),
                    ClipText.lastHiddenState(0),
                    Progress.NONE);
            assertReference("last_hidden_state", hidden);
        }
    }

    @Test
    void theUNetGivesTheReferencesPredictionAtEveryTimestep() {
        try (InferenceSession session = InferenceSession.open(UNet2DCondition.graph(sd15.unet()))) {
            for (int timestep : new int[] {981, 500, 1}) {
                Tensor predicted = session.run(
                        Map.of(
                                UNet2DCondition.SAMPLE, golden.readFloats("unet_sample"),
                                UNet2DCondition.TIMESTEP, Tensor.of(new float[] {timestep}, 1),
                                UNet2DCondition.ENCODER_HIDDEN_STATES, golden.readFloats("unet_context")),
                        UNet2DCondition.OUT_SAMPLE,
                        Progress.NONE);
                assertReference("unet_out_t" + timestep, predicted);
            }
        }
    }

    @Test
    void theDecoderGivesTheReferencesPixelsWithTheOldAttentionKeys() {
        try (InferenceSession session =
                InferenceSession.open(Autoencoder.of(sd15.vae()).decoderGraph())) {
            Tensor decoded = session.run(
                    Map.of(Autoencoder.LATENT_SAMPLE, golden.readFloats("vae_z")), Autoencoder.SAMPLE, Progress.NONE);
            assertReference("vae_decoded", decoded);
        }
    }

    @Test
    void theEncoderGivesTheReferencesMeansAndDeviations() {
        long[] bytes = golden.readLongs("image");
        float[] samples = new float[bytes.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = bytes[i] / 255f;
        }
        Tensor pixels = new RgbImage(64, 64, samples).toEncoder();
        try (InferenceSession session =
                InferenceSession.open(Autoencoder.of(sd15.vae()).encoderGraph())) {
            Tensor parameters =
                    session.run(Map.of(Autoencoder.SAMPLE, pixels), Autoencoder.LATENT_PARAMETERS, Progress.NONE);
            int half = parameters.values().length / 2;
            float[] means = Arrays.copyOf(parameters.values(), half);
            float[] deviations = new float[half];
            for (int i = 0; i < half; i++) {
                deviations[i] = (float) Math.exp(parameters.values()[half + i] / 2);
            }
            assertArrayEquals(new int[] {1, 8, 8, 8}, parameters.shape());
            Reference.assertClose("vae_mean", golden.readFloats("vae_mean").values(), means, TOLERANCE);
            Reference.assertClose("vae_std", golden.readFloats("vae_std").values(), deviations, TOLERANCE);
        }
    }

    private void assertReference(String name, Tensor actual) {
        Tensor expected = golden.readFloats(name);
        assertArrayEquals(expected.shape(), actual.shape(), name);
        Reference.assertClose(name, expected.values(), actual.values(), TOLERANCE);
    }
}
