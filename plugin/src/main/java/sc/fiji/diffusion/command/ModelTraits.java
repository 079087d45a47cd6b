package sc.fiji.diffusion.command;

import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.pipeline.MemoryNeed;

/**
 * What images a model makes.
 *
 * @param nativeSize width and height in pixels that it was trained for
 * @param factor what must divide width and height
 * @param steps that suit it
 * @param guidanceScale that suits it
 * @param memory that it takes
 */
record ModelTraits(int nativeSize, int factor, int steps, double guidanceScale, MemoryNeed memory) {

    static ModelTraits of(Checkpoint checkpoint) {
        return new ModelTraits(
                checkpoint.nativeSize(),
                checkpoint.vaeScaleFactor(),
                checkpoint.steps(),
                checkpoint.guidanceScale(),
                MemoryNeed.of(checkpoint));
    }

    void requireMultiple(String key, int pixels) {
        if (pixels % factor != 0) {
            int near = Math.max(factor, Math.round((float) pixels / factor) * factor);
            throw new RequestException(key + ": expected a multiple of " + factor + " for this model, such as " + near
                    + ", found " + pixels);
        }
    }
}
