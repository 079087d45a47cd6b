package sc.fiji.diffusion.engine.pipeline;

import java.util.function.Function;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * Sends pictures through the VAE with as much memory as it may take. Where that is not there after all (nobody can say
 * how much a GPU has left), it goes on with half as much, from then on.
 */
final class VaeRun {

    private VaeMemory memory;

    VaeRun(VaeMemory memory) {
        this.memory = memory;
    }

    /** Fails in words if a picture of this size can't be made on this computer. */
    void requireMemory(int width, int height) {
        memory.require(width, height);
    }

    /**
     * The picture decoded or encoded.
     *
     * @param run does it in the tiles
     * @throws EngineException if even the smallest tiles need more memory than there is, or for another reason
     */
    Tensor of(Size picture, Function<LatentTiles, Tensor> run) {
        while (true) {
            LatentTiles tiles = memory.tiles(picture);
            try {
                return run.apply(tiles);
            } catch (EngineException e) {
                if (!e.isOutOfMemory()) {
                    throw e;
                }
                memory = memory.lessThan(tiles).orElseThrow(() -> e);
            }
        }
    }
}
