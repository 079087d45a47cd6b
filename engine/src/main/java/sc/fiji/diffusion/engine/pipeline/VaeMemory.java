package sc.fiji.diffusion.engine.pipeline;

import java.util.Optional;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.engine.network.Autoencoder;
import sc.fiji.diffusion.engine.runtime.Memory;

/**
 * How much memory the VAE may take for a picture. What it holds at full resolution is many times the picture: 0.8 GB for
 * 512 × 512 pixels with Stable Diffusion's.
 *
 * @param factor pixels of a latent along a side
 * @param bytesPerPixel that it holds at once
 * @param mostBytes that it may take
 */
record VaeMemory(int factor, long bytesPerPixel, long mostBytes) {

    /** Tensors of full resolution that are held at once: a residual block's input, hidden values and sum. */
    private static final int TENSORS_HELD = 3;

    /** The decoded tensor and the picture made of it, three channels each. */
    private static final int HEAP_BYTES_PER_PIXEL = 2 * 3 * Float.BYTES;

    /** Of all the machine's memory; the rest is for the system, for Java, and for who else is there. */
    private static final double USABLE = 0.75;

    /** What the weights, which stay open meanwhile, leave of the machine's memory. */
    static VaeMemory of(Checkpoint checkpoint) {
        long weights = checkpoint.unet().weightBytes() + checkpoint.vae().weightBytes();
        return of(checkpoint, (long) (USABLE * Memory.total()) - weights);
    }

    static VaeMemory of(Checkpoint checkpoint, long mostBytes) {
        int channels = Autoencoder.of(checkpoint.vae()).fullResolutionChannels();
        return new VaeMemory(checkpoint.vaeScaleFactor(), (long) Float.BYTES * TENSORS_HELD * channels, mostBytes);
    }

    /** How a picture goes through the VAE. */
    LatentTiles tiles(Size picture) {
        return LatentTiles.of(picture, factor, Math.max(0, mostBytes) / bytesPerPixel);
    }

    /** Half of what these tiles took; none if there are no smaller ones. */
    Optional<VaeMemory> lessThan(LatentTiles tiles) {
        VaeMemory half = new VaeMemory(factor, bytesPerPixel, bytesPerPixel * tiles.tilePixels() / 2);
        boolean isLess = half.tiles(tiles.pixels().canvas()).tilePixels() < tiles.tilePixels();
        return isLess ? Optional.of(half) : Optional.empty();
    }

    /** What decoding a picture of this size takes, tile by tile if it must. */
    long bytes(int width, int height) {
        return bytesPerPixel * tiles(new Size(width, height)).tilePixels();
    }

    /** Fails in words if a picture of this size can't be made on this computer, however it is decoded. */
    void require(int width, int height) {
        String what = "width " + width + " and height " + height;
        Memory.require(what, bytes(width, height));
        Memory.requireHeap(what, (long) HEAP_BYTES_PER_PIXEL * width * height);
    }
}
