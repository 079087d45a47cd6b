package sc.fiji.diffusion.engine.pipeline;

import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.scheduler.NoiseSource;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * Text to image: latents begin as noise alone.
 *
 * @param shape {@code [1, channels, h, w]}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FromNoise(int... shape) implements LatentRun {

    @Override
    public int stepsLeftOut() {
        return 0;
    }

    @Override
    public Tensor denoise(
            DenoisingLoop loop, NoiseSource noise, Progress progress, DenoisingLoop.StepListener listener) {
        Tensor pure = Tensor.of(noise.next(Tensor.count(shape)), shape);
        return loop.run(loop.asStrongAsTheFirstStep(pure), noise, progress, listener);
    }
}
