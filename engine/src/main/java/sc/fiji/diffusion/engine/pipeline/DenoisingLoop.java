package sc.fiji.diffusion.engine.pipeline;

import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.scheduler.NoiseSource;
import sc.fiji.diffusion.engine.scheduler.Scheduler;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * The one loop that all pipelines share: ask the model what is noise, let the scheduler take some of it away.
 *
 * @param denoiser the model
 * @param guidance what it is guided by
 * @param scheduler one run's, not used before
 */
record DenoisingLoop(Denoiser denoiser, Guidance guidance, Scheduler scheduler) {

    /** Told after every step how many are done. */
    @FunctionalInterface
    interface StepListener {
        void stepsDone(int done);
    }

    /** Latents of pure noise, as strong as the scheduler begins with. */
    Tensor initialLatents(NoiseSource noise, int... shape) {
        float[] values = noise.next(Tensor.count(shape));
        float sigma = scheduler.initNoiseSigma();
        for (int i = 0; i < values.length; i++) {
            values[i] *= sigma;
        }
        return new Tensor(shape, values);
    }

    /**
     * From noisy latents to clean ones.
     *
     * @param latents {@code [1, channels, h, w]}
     * @param noise for schedulers that add some while they run
     * @throws EngineException if the latents stop being numbers
     */
    Tensor run(Tensor latents, NoiseSource noise, Progress progress, StepListener listener) {
        float[] timesteps = scheduler.timesteps();
        Tensor sample = latents;
        for (int index = 0; index < timesteps.length; index++) {
            Tensor input = new Tensor(sample.shape(), scheduler.scaleModelInput(sample.values(), index));
            Tensor predicted = denoiser.predict(input, timesteps[index], guidance, progress);
            sample = new Tensor(sample.shape(), scheduler.step(predicted.values(), index, sample.values(), noise));
            if (!sample.isFinite()) {
                throw new EngineException("latents: expected finite numbers after step " + (index + 1) + " of "
                        + timesteps.length + ", found NaN or infinity; another scheduler, more steps or less guidance"
                        + " may help, or the model's weights are broken");
            }
            listener.stepsDone(index + 1);
        }
        return sample;
    }
}
