package sc.fiji.diffusion.engine.scheduler;

import java.util.Objects;

/**
 * Euler's method for networks that are preconditioned as in Karras et al. (2022), arXiv 2206.00364: Algorithm 2 without
 * churn and correction. diffusers' {@code EDMEulerScheduler}.
 */
final class EdmEulerScheduler extends StepwiseScheduler {

    /** Fields of diffusers' class. */
    record Settings(EdmPreconditioning preconditioning) implements SchedulerSettings {

        static Settings read(ConfigFields fields) {
            return new Settings(EdmPreconditioning.read(fields));
        }

        @Override
        public int numTrainTimesteps() {
            return preconditioning.numTrainTimesteps();
        }

        @Override
        public Scheduler create(int steps) {
            return new EdmEulerScheduler(preconditioning, preconditioning.schedule(steps));
        }
    }

    private final EdmPreconditioning preconditioning;
    /** One a step, and the one that the last step leads to. */
    private final double[] sigmas;

    private EdmEulerScheduler(EdmPreconditioning preconditioning, SigmaSchedule schedule) {
        super(Timesteps.floats(schedule.timesteps()));
        this.preconditioning = preconditioning;
        this.sigmas = schedule.sigmas();
    }

    @Override
    public float initNoiseSigma() {
        return preconditioning.initNoiseSigma();
    }

    @Override
    public float[] scaleModelInput(float[] sample, int index) {
        return preconditioning.scaled(sample, sigma(index));
    }

    @Override
    float[] next(float[] modelOutput, int index, float[] sample, NoiseSource noise) {
        double kept = sigmas[index + 1] / sigmas[index];
        return WeightedSum.of(kept, sample, 1 - kept, preconditioning.original(modelOutput, sample, sigmas[index]));
    }

    @Override
    public float[] addNoise(float[] original, float[] noise, int index) {
        return NoiseProcess.VARIANCE_EXPLODING.addNoise(original, noise, sigma(index));
    }

    private double sigma(int index) {
        return sigmas[Objects.checkIndex(index, sigmas.length - 1)];
    }
}
