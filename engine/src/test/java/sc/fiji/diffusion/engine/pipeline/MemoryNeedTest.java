package sc.fiji.diffusion.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.runtime.Memory;

class MemoryNeedTest {

    private static final long PLENTY = 1L << 40;

    private final Checkpoint checkpoint = Checkpoint.open(Models.locate(Models.EMBEDDED));
    private final MemoryNeed need = MemoryNeed.of(checkpoint);

    @Test
    void itIsTheWeightsAndMoreTheLargerThePicture() {
        long weights = checkpoint.unet().weightBytes() + checkpoint.vae().weightBytes();
        long small = need.bytes(128, 128);
        assertTrue(small > weights, small + " for weights of " + weights);
        double ratio = (double) (need.bytes(256, 512) - weights) / (small - weights);
        assertEquals(8, ratio, 0.01, "in proportion to the pixels");
    }

    @Test
    void theModelsOwnSizeWithEnoughMemoryIsNotWorthAWord() {
        assertEquals(Optional.empty(), need.warning(128, 128, PLENTY));
        assertEquals(Optional.empty(), need.warning(64, 64, PLENTY));
    }

    @Test
    void otherSizesAreToldWithTheirMemory() {
        assertEquals(
                "256 x 128 pixels, other than the 128 x 128 of the model's training, take about "
                        + Memory.gigabytes(need.bytes(256, 128)) + " of memory; " + Memory.gigabytes(PLENTY)
                        + " are free",
                need.warning(256, 128, PLENTY).orElseThrow());
        assertTrue(need.warning(256, 256, PLENTY).isPresent());
    }

    @Test
    void tooLittleMemoryIsToldAtAnySize() {
        assertEquals(
                "128 x 128 pixels take about " + Memory.gigabytes(need.bytes(128, 128))
                        + " of memory; only 0.0 GB are free: a smaller size is safer",
                need.warning(128, 128, 1).orElseThrow());
    }

    @Test
    void whatIsAvailableIsAPartOfAllMemory() {
        assertTrue(Memory.available() > 0 && Memory.available() <= Memory.total(), Memory.available() + " bytes");
    }
}
