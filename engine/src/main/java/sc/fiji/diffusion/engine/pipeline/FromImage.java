package sc.fiji.diffusion.engine.pipeline;

import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.scheduler.NoiseSource;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * Image to image: latents begin as those of a picture, with as much noise as there is at the first timestep that is
 * run.
 *
 * @param original the picture's latents
 * @param stepsLeftOut how many steps lie before that timestep
 */
record FromImage(LatentDistribution original, int stepsLeftOut) implements LatentRun {

    @Override
    public Tensor denoise(
            DenoisingLoop loop, NoiseSource noise, Progress progress, DenoisingLoop.StepListener listener) {
        Tensor clean = original.sample(noise);
        float[] added = noise.next(clean.values().length);
        float[] noisy = loop.scheduler().addNoise(clean.values(), added, loop.begin());
        return loop.run(new Tensor(clean.shape(), noisy), noise, progress, listener);
    }
}
