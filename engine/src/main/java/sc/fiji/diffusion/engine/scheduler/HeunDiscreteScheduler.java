package sc.fiji.diffusion.engine.scheduler;

/**
 * Heun's method: Karras et al. (2022), arXiv 2206.00364, Algorithm 2 without churn. Two calls of the model a step, at its
 * beginning and where Euler's method ends; but one in the last step. diffusers' {@code HeunDiscreteScheduler}.
 */
final class HeunDiscreteScheduler extends SigmaScheduler {

    /** Fields of diffusers' class. */
    record Settings(SigmaSettings common, SampleBound bound) implements SchedulerSettings.WithBetas {

        static Settings read(ConfigFields fields) {
            return new Settings(
                    SigmaSettings.read(
                            fields, TrainingNoise.read(fields, TrainingNoise.Defaults.HEUN), PredictionType.USUAL),
                    SampleBound.readClipping(fields, false));
        }

        @Override
        public TrainingNoise trainingNoise() {
            return common.trainingNoise();
        }

        @Override
        public Scheduler create(int steps) {
            return new HeunDiscreteScheduler(this, common.schedule(steps).ending(0));
        }
    }

    private final SampleBound bound;
    /** Of the step under way: where it began, and the change of the sample with the sigma there. */
    private float[] begun = {};

    private float[] slope = {};

    private HeunDiscreteScheduler(Settings settings, SigmaSchedule schedule) {
        super(
                Timesteps.floats(Sigmas.allButTheFirstTwice(schedule.timesteps())),
                2,
                Sigmas.allButTheFirstTwice(schedule.sigmas()),
                settings.common());
        this.bound = settings.bound();
    }

    @Override
    float[] next(float[] modelOutput, int index, float[] sample, NoiseSource noise) {
        float[] original = bound.hold(predictedOriginal(modelOutput, sample, index));
        float[] here = WeightedSum.of(1 / sigma(index), sample, -1 / sigma(index), original);
        if (index % 2 == 0) {
            begun = sample.clone();
            slope = here;
            return WeightedSum.of(1, sample, sigma(index + 1) - sigma(index), slope);
        }
        double half = (sigma(index) - sigma(index - 1)) / 2;
        return WeightedSum.of(1, begun, half, slope, half, here);
    }
}
