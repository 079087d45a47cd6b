package sc.fiji.diffusion.engine.scheduler;

/**
 * DPM-Solver-2, Lu et al. (2022), arXiv 2206.00927, in the notation of Karras et al.: two calls of the model a step, at its
 * beginning and in the middle of the sigmas' logarithms; but one in the last step. diffusers'
 * {@code KDPM2DiscreteScheduler}, k-diffusion's {@code sample_dpm_2}.
 */
final class KDpm2DiscreteScheduler extends SigmaScheduler {

    /** Fields of diffusers' class. */
    record Settings(SigmaSettings common) implements SchedulerSettings.WithBetas {

        static Settings read(ConfigFields fields) {
            return new Settings(SigmaSettings.read(
                    fields,
                    TrainingNoise.read(fields, TrainingNoise.Defaults.K_DIFFUSION),
                    PredictionType.WITHOUT_SAMPLE));
        }

        @Override
        public TrainingNoise trainingNoise() {
            return common.trainingNoise();
        }

        @Override
        public Scheduler create(int steps) {
            MidpointSchedule schedule = MidpointSchedule.of(common, steps, (from, to) -> to);
            return new KDpm2DiscreteScheduler(common, schedule);
        }
    }

    private final MidpointSchedule schedule;
    /** Where the step under way began. */
    private float[] begun = {};

    private KDpm2DiscreteScheduler(SigmaSettings settings, MidpointSchedule schedule) {
        super(schedule.timesteps(), 2, Sigmas.allButTheFirstTwice(schedule.sigmas()), settings);
        this.schedule = schedule;
    }

    @Override
    double modelSigma(int index) {
        return schedule.modelSigma(index);
    }

    @Override
    float[] next(float[] modelOutput, int index, float[] sample, NoiseSource noise) {
        float[] original = predictedOriginal(modelOutput, sample, index);
        if (index % 2 == 0) {
            begun = sample.clone();
            double kept = schedule.middle(index / 2) / sigma(index);
            return WeightedSum.of(kept, sample, 1 - kept, original);
        }
        double slope = (sigma(index) - sigma(index - 1)) / modelSigma(index);
        return WeightedSum.of(1, begun, slope, sample, -slope, original);
    }
}
