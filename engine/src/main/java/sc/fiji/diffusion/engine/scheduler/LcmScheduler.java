package sc.fiji.diffusion.engine.scheduler;

/**
 * Latent consistency models, Luo et al. (2023), arXiv 2310.04378, Algorithm 3: each answer leads to a clean sample at once,
 * and fresh noise back to the next timestep. diffusers' {@code LCMScheduler}.
 */
final class LcmScheduler extends AlphaScheduler {

    /** Fields of diffusers' class. */
    record Settings(
            TrainingNoise trainingNoise,
            PredictionType predictionType,
            int originalInferenceSteps,
            double timestepScaling,
            SampleBound bound)
            implements SchedulerSettings.WithBetas {

        static Settings read(ConfigFields fields) {
            return new Settings(
                    TrainingNoise.readRescalable(fields, TrainingNoise.Defaults.CONSISTENCY),
                    PredictionType.read(fields, PredictionType.USUAL),
                    ConsistencyTimesteps.readOriginalSteps(fields),
                    fields.number("timestep_scaling", Double.MIN_NORMAL, Float.MAX_VALUE, 10),
                    SampleBound.read(fields, false));
        }

        @Override
        public Scheduler create(int steps) {
            return new LcmScheduler(this, steps);
        }
    }

    /** The standard deviation of clean samples that the distillation reckons with. */
    private static final double SIGMA_DATA = 0.5;

    private final Settings settings;

    private LcmScheduler(Settings settings, int steps) {
        super(
                ConsistencyTimesteps.of(steps, settings.originalInferenceSteps(), settings.numTrainTimesteps()),
                settings.trainingNoise().alphasCumprod());
        this.settings = settings;
        requireSomethingClean(settings.predictionType());
    }

    @Override
    float[] next(float[] modelOutput, int index, float[] sample, NoiseSource noise) {
        double alpha = alphaAt(timestep(index));
        float[] original = settings.bound()
                .hold(settings.predictionType().original(modelOutput, sample, Math.sqrt(alpha), Math.sqrt(1 - alpha)));
        double scaled = timestep(index) * settings.timestepScaling();
        double variance = scaled * scaled + SIGMA_DATA * SIGMA_DATA;
        float[] denoised =
                WeightedSum.of(scaled / Math.sqrt(variance), original, SIGMA_DATA * SIGMA_DATA / variance, sample);
        return isLast(index) ? denoised : addNoise(denoised, noise.next(sample.length), index + 1);
    }
}
