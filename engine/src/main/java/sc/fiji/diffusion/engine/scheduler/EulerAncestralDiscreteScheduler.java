package sc.fiji.diffusion.engine.scheduler;

/**
 * Euler's method with ancestral sampling: each step goes below the next noise level, and fresh noise leads back up to
 * it. From Crowson's k-diffusion, {@code sample_euler_ancestral}; diffusers' {@code EulerAncestralDiscreteScheduler}.
 */
final class EulerAncestralDiscreteScheduler extends SigmaScheduler {

    /** Fields of diffusers' class, which passes over those that space the sigmas. */
    record Settings(
            TrainingNoise trainingNoise, PredictionType predictionType, TimestepSpacing spacing, int stepsOffset)
            implements SchedulerSettings.WithBetas {

        static Settings read(ConfigFields fields) {
            return new Settings(
                    TrainingNoise.readRescalable(fields, TrainingNoise.Defaults.DDPM),
                    PredictionType.read(fields, PredictionType.WITHOUT_SAMPLE),
                    TimestepSpacing.read(fields, TimestepSpacing.LINSPACE),
                    TimestepSpacing.readOffset(fields));
        }

        @Override
        public Scheduler create(int steps) {
            SigmaSettings common =
                    new SigmaSettings(trainingNoise, predictionType, spacing, stepsOffset, SigmaSpacing.byTimestep());
            return new EulerAncestralDiscreteScheduler(common, common.schedule(steps));
        }
    }

    private EulerAncestralDiscreteScheduler(SigmaSettings settings, SigmaSchedule schedule) {
        super(Timesteps.floats(schedule.timesteps()), 1, Sigmas.ending(schedule.sigmas(), 0), settings);
    }

    @Override
    float[] next(float[] modelOutput, int index, float[] sample, NoiseSource noise) {
        AncestralStep step = AncestralStep.between(sigma(index), sigma(index + 1));
        // sample + (down - from) * (sample - original) / from, and noise
        double kept = step.down() / sigma(index);
        float[] original = predictedOriginal(modelOutput, sample, index);
        return WeightedSum.of(kept, sample, 1 - kept, original, step.up(), noise.next(sample.length));
    }
}
