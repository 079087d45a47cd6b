package sc.fiji.diffusion.engine.pipeline;

import java.util.List;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.runtime.Memory;

/**
 * How much memory a step takes beside the weights. Unlike the VAE the UNet works on the picture as a whole, as each part
 * is to know of all others.
 */
final class UNetMemory {

    /** Tensors of the first level's size that are held at once: measured with Stable Diffusion 1.5. */
    private static final int TENSORS_HELD = 16;

    private static final int LARGEST = 1 << 16;

    private UNetMemory() {}

    /** Fails in words if a step for this request can't be done on this computer. */
    static void require(Checkpoint checkpoint, TextToImageRequest request) {
        int factor = checkpoint.vaeScaleFactor();
        long latents = (long) (request.width() / factor) * (request.height() / factor);
        int channels = checkpoint
                .unet()
                .config()
                .sizes("block_out_channels", List.of(320), LARGEST)
                .get(0);
        int rows = request.usesGuidance() ? 2 : 1;
        Memory.require(
                "width " + request.width() + " and height " + request.height(),
                checkpoint.unet().weightBytes() + (long) Float.BYTES * TENSORS_HELD * rows * channels * latents);
    }
}
