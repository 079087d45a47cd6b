package sc.fiji.diffusion.engine.pipeline;

import java.util.List;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.runtime.Memory;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * How much memory a step takes beside the weights. Unlike the VAE the UNet works on the picture as a whole, as each part
 * is to know of all others; but the rows of the guidance know nothing of each other.
 *
 * @param weightBytes of the network
 * @param bytesPerLatent that it holds for each pixel of the latents, a row
 * @param mostBytes that a step of several rows may take
 */
record UNetMemory(long weightBytes, long bytesPerLatent, long mostBytes) {

    /** Tensors of the first level's size that are held at once: measured with Stable Diffusion 1.5. */
    private static final int TENSORS_HELD = 16;

    private static final int LARGEST = 1 << 16;

    /** Of all the machine's memory; the rest is for the system, for Java, and for who else is there. */
    private static final double USABLE = 0.75;

    static UNetMemory of(Checkpoint checkpoint) {
        int channels = checkpoint
                .unet()
                .config()
                .sizes("block_out_channels", List.of(320), LARGEST)
                .get(0);
        return new UNetMemory(checkpoint.unet().weightBytes(), (long) Float.BYTES * TENSORS_HELD * channels, (long)
                (USABLE * Memory.total()));
    }

    /** Fails in words if not even a step of one row for a picture of this size can be done on this computer. */
    void require(int width, int height, int factor) {
        long latents = (long) (width / factor) * (height / factor);
        Memory.require("width " + width + " and height " + height, bytes(1, latents));
    }

    /** Whether so many rows of these latents, {@code [1, channels, h, w]}, can be computed at once. */
    boolean fits(int rows, Tensor latents) {
        return bytes(rows, (long) latents.size(2) * latents.size(3)) <= mostBytes;
    }

    /** What a step with guidance takes for a picture of this size: two rows at once, if they fit. */
    long bytes(int width, int height, int factor) {
        long latents = (long) (width / factor) * (height / factor);
        return bytes(2, latents) <= mostBytes ? bytes(2, latents) : bytes(1, latents);
    }

    private long bytes(int rows, long latents) {
        return weightBytes + rows * bytesPerLatent * latents;
    }
}
