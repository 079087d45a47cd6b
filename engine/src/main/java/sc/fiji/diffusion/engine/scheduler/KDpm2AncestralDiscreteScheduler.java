package sc.fiji.diffusion.engine.scheduler;

/**
 * DPM-Solver-2 with ancestral sampling: as {@link KDpm2DiscreteScheduler}, but each step goes below the next noise level,
 * and fresh noise leads back up to it. diffusers' {@code KDPM2AncestralDiscreteScheduler}, k-diffusion's
 * {@code sample_dpm_2_ancestral}.
 */
final class KDpm2AncestralDiscreteScheduler extends SigmaScheduler {

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
            MidpointSchedule schedule = MidpointSchedule.of(
                    common, steps, (from, to) -> AncestralStep.between(from, to).down());
            return new KDpm2AncestralDiscreteScheduler(common, schedule);
        }
    }

    private final MidpointSchedule schedule;
    /** Where the step under way began. */
    private float[] begun = {};

    private KDpm2AncestralDiscreteScheduler(SigmaSettings settings, MidpointSchedule schedule) {
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
        AncestralStep step = AncestralStep.between(sigma(index - 1), sigma(index));
        double slope = (step.down() - sigma(index - 1)) / modelSigma(index);
        float[] denoised = WeightedSum.of(1, begun, slope, sample, -slope, original);
        return WeightedSum.of(1, denoised, step.up(), noise.next(sample.length));
    }
}
