package sc.fiji.diffusion.engine.pipeline;

import java.util.Optional;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.runtime.Memory;

/**
 * What memory a model takes for pictures of a size, before it is opened: its weights, and the larger of what the UNet and
 * the VAE hold meanwhile. An estimate: measured with Stable Diffusion 1.5 on the CPU.
 */
public final class MemoryNeed {

    private final int nativeSize;
    private final int factor;
    private final UNetMemory unet;
    private final VaeMemory vae;
    private final long vaeWeightBytes;

    private MemoryNeed(Checkpoint checkpoint) {
        nativeSize = checkpoint.nativeSize();
        factor = checkpoint.vaeScaleFactor();
        unet = UNetMemory.of(checkpoint);
        vae = VaeMemory.of(checkpoint);
        vaeWeightBytes = checkpoint.vae().weightBytes();
    }

    public static MemoryNeed of(Checkpoint checkpoint) {
        return new MemoryNeed(checkpoint);
    }

    /** In bytes, for a picture of that many pixels. */
    public long bytes(int width, int height) {
        return vaeWeightBytes
                + Math.max(unet.bytes(width, height, factor), unet.weightBytes() + vae.bytes(width, height));
    }

    /**
     * A sentence for whoever asks for a size that the model was not trained for, or that takes more memory than is
     * available now.
     */
    public Optional<String> warning(int width, int height) {
        return warning(width, height, Memory.available());
    }

    /** @param available in bytes */
    Optional<String> warning(int width, int height, long available) {
        if (width % factor != 0 || height % factor != 0) {
            // It is refused, in a sentence of its own.
            return Optional.empty();
        }
        long need = bytes(width, height);
        boolean unusual = width != height || width > nativeSize;
        if (!unusual && need <= available) {
            return Optional.empty();
        }
        String size = width + " x " + height + " pixels";
        String trained =
                unusual ? ", other than the " + nativeSize + " x " + nativeSize + " of the model's training," : "";
        String memory = " take about " + Memory.gigabytes(need) + " of memory; ";
        return Optional.of(size
                + trained
                + memory
                + (need > available
                        ? "only " + Memory.gigabytes(available) + " are free: a smaller size is safer"
                        : Memory.gigabytes(available) + " are free"));
    }
}
