package sc.fiji.diffusion.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.Reference;
import sc.fiji.diffusion.engine.adapter.Adaptation;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.network.UNet2DCondition;
import sc.fiji.diffusion.engine.tensor.Tensor;

class DenoiserTest {

    private final Checkpoint checkpoint = Checkpoint.open(Models.locate(Models.EMBEDDED));
    private final Random random = new Random(5);

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void rowsOneAfterTheOtherPredictWhatTheyPredictAtOnce(int rows) {
        Tensor latents = gaussian(1, UNet2DCondition.inChannels(checkpoint.unet()), 8, 8);
        Guidance guidance = guidance(rows);
        Tensor together = predicted(UNetMemory.of(checkpoint), latents, guidance);
        Tensor apart = predicted(new UNetMemory(0, 1, 0), latents, guidance);
        Reference.assertClose("predicted", together.values(), apart.values(), 1e-5);
    }

    private Tensor predicted(UNetMemory memory, Tensor latents, Guidance guidance) {
        try (Denoiser denoiser = Denoiser.open(checkpoint, PipelineOptions.of(checkpoint), Adaptation.NONE, memory)) {
            return denoiser.predict(latents, Constraint.NONE, new DenoisingStep(500, 0, 1), guidance, Progress.NONE);
        }
    }

    private Guidance guidance(int rows) {
        List<TextConditioning> texts = new ArrayList<>();
        int size = checkpoint.unet().config().size("cross_attention_dim", 1, 4096);
        for (int row = 0; row < rows; row++) {
            texts.add(new TextConditioning(gaussian(1, 77, size), Optional.empty()));
        }
        return Guidance.of(texts, 3);
    }

    private Tensor gaussian(int... shape) {
        float[] values = new float[Tensor.count(shape)];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new Tensor(shape, values);
    }

    @Test
    void rowsAreComputedAtOnceAsLongAsThatFitsIntoMemory() {
        UNetMemory memory = new UNetMemory(1000, 10, 1000 + 2 * 10 * 64);
        Tensor fitting = gaussian(1, 4, 8, 8);
        assertTrue(memory.fits(2, fitting));
        assertFalse(memory.fits(3, fitting));
        assertFalse(memory.fits(2, gaussian(1, 4, 8, 9)));
        assertEquals(4L * 16 * 320, UNetMemory.of(checkpoint).bytesPerLatent() * 320 / channels());
    }

    private int channels() {
        return checkpoint
                .unet()
                .config()
                .sizes("block_out_channels", List.of(), 4096)
                .get(0);
    }
}
