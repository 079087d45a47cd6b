package sc.fiji.diffusion.engine.scheduler;

/**
 * Euler's method on the ordinary differential equation of Karras et al. (2022), arXiv 2206.00364, Algorithm 2 without
 * churn and correction. diffusers' {@code EulerDiscreteScheduler}.
 */
final class EulerDiscreteScheduler extends SigmaScheduler {

    enum Interpolation implements ConfigFields.Word {
        LINEAR,
        LOG_LINEAR
    }

    enum TimestepKind implements ConfigFields.Word {
        DISCRETE,
        /** With v_prediction, the model is told a quarter of the sigma's logarithm. */
        CONTINUOUS
    }

    /** Fields of diffusers' class. */
    record Settings(SigmaSettings common, Interpolation interpolation, TimestepKind timestepKind, FinalSigma finalSigma)
            implements SchedulerSettings.WithBetas {

        static Settings read(ConfigFields fields) {
            return new Settings(
                    SigmaSettings.read(
                            fields,
                            TrainingNoise.readRescalable(fields, TrainingNoise.Defaults.DDPM),
                            PredictionType.USUAL),
                    fields.word("interpolation_type", Interpolation.class, Interpolation.LINEAR),
                    fields.word("timestep_type", TimestepKind.class, TimestepKind.DISCRETE),
                    FinalSigma.read(fields));
        }

        @Override
        public TrainingNoise trainingNoise() {
            return common.trainingNoise();
        }

        @Override
        public Scheduler create(int steps) {
            float[] trained = common.trainingSigmas();
            SigmaSchedule schedule = schedule(steps, trained).ending(finalSigma.of(trained));
            double[] timesteps = schedule.timesteps();
            if (timestepKind == TimestepKind.CONTINUOUS && common.predictionType() == PredictionType.V_PREDICTION) {
                for (int i = 0; i < timesteps.length; i++) {
                    timesteps[i] = Math.log(schedule.sigmas()[i]) / 4;
                }
            }
            return new EulerDiscreteScheduler(common, schedule);
        }

        private SigmaSchedule schedule(int steps, float[] trained) {
            double[] spaced = common.spacedTimesteps(steps);
            double[] sigmas = interpolation == Interpolation.LINEAR
                    ? Sigmas.interpolated(spaced, trained)
                    : SigmaSpacing.spaced(
                            SigmaSpacing.Kind.EXPONENTIAL, trained[trained.length - 1], trained[0], 1, steps + 1);
            return common.respaced(spaced, sigmas, steps);
        }
    }

    private EulerDiscreteScheduler(SigmaSettings settings, SigmaSchedule schedule) {
        super(Timesteps.floats(schedule.timesteps()), 1, schedule.sigmas(), settings);
    }

    @Override
    float[] next(float[] modelOutput, int index, float[] sample, NoiseSource noise) {
        // sample + (sigma(index + 1) - sigma(index)) * (sample - original) / sigma(index)
        double kept = sigma(index + 1) / sigma(index);
        return WeightedSum.of(kept, sample, 1 - kept, predictedOriginal(modelOutput, sample, index));
    }
}
