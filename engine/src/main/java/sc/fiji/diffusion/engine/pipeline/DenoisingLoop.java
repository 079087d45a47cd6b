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
 * @param begin the index of the first timestep that is run
 * @param constraint what the latents are held to
 * @param preview is shown every step
 */
record DenoisingLoop(
        Denoiser denoiser,
        Guidance guidance,
        Scheduler scheduler,
        int begin,
        Constraint constraint,
        LatentPreview preview) {

    /** Told after every step how many are done. */
    @FunctionalInterface
    interface StepListener {
        void stepsDone(int done);
    }

    /** The same loop with another constraint. */
    DenoisingLoop constrained(Constraint other) {
        return new DenoisingLoop(denoiser, guidance, scheduler, begin, other, preview);
    }

    /** Standard normal noise, made as strong as the scheduler begins with. */
    Tensor asStrongAsTheFirstStep(Tensor noise) {
        float[] values = noise.values().clone();
        float sigma = scheduler.initNoiseSigma();
        for (int i = 0; i < values.length; i++) {
            values[i] *= sigma;
        }
        return new Tensor(noise.shape(), values);
    }

    /**
     * From noisy latents to clean ones.
     *
     * @param latents {@code [1, channels, h, w]}, as noisy as the first timestep that is run
     * @param noise for schedulers that add some while they run
     * @throws EngineException if the latents stop being numbers
     */
    Tensor run(Tensor latents, NoiseSource noise, Progress progress, StepListener listener) {
        float[] timesteps = scheduler.timesteps();
        Tensor sample = latents;
        for (int index = begin; index < timesteps.length; index++) {
            Tensor scaled = new Tensor(sample.shape(), scheduler.scaleModelInput(sample.values(), index));
            DenoisingStep step = new DenoisingStep(timesteps[index], index - begin, timesteps.length - begin);
            Tensor predicted = denoiser.predict(scaled, constraint, step, guidance, progress);
            preview.show(scheduler, index, sample, predicted);
            float[] stepped = scheduler.step(predicted.values(), index, sample.values(), noise);
            sample = constraint.afterStep(new Tensor(sample.shape(), stepped), index + 1);
            if (!sample.isFinite()) {
                throw new EngineException("latents: expected finite numbers after step " + (index - begin + 1) + " of "
                        + (timesteps.length - begin) + ", found NaN or infinity; another scheduler, more steps or less"
                        + " guidance may help, or the model's weights are broken");
            }
            listener.stepsDone(index - begin + 1);
        }
        return sample;
    }
}
