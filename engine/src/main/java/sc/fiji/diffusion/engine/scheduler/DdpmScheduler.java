package sc.fiji.diffusion.engine.scheduler;

/**
 * Denoising diffusion probabilistic models, Ho, Jain and Abbeel (2020), arXiv 2006.11239, formulas (6) and (7): each step
 * adds fresh noise. diffusers' {@code DDPMScheduler}.
 */
final class DdpmScheduler extends AlphaScheduler {

    /** How much noise a step adds. Learned variances would need a model that answers with them. */
    enum Variance implements ConfigFields.Word {
        FIXED_SMALL,
        /** The same, reckoned in another way. */
        FIXED_SMALL_LOG,
        FIXED_LARGE
    }

    /** Fields of diffusers' class. */
    record Settings(
            TrainingNoise trainingNoise,
            PredictionType predictionType,
            TimestepSpacing spacing,
            int stepsOffset,
            Variance variance,
            SampleBound bound)
            implements SchedulerSettings.WithBetas {

        static Settings read(ConfigFields fields) {
            return new Settings(
                    TrainingNoise.readRescalable(fields, TrainingNoise.Defaults.DDPM_WITH_MORE_SCHEDULES),
                    PredictionType.read(fields, PredictionType.USUAL),
                    TimestepSpacing.read(fields, TimestepSpacing.LEADING),
                    TimestepSpacing.readOffset(fields),
                    fields.word("variance_type", Variance.class, Variance.FIXED_SMALL),
                    SampleBound.read(fields, true));
        }

        @Override
        public Scheduler create(int steps) {
            return new DdpmScheduler(this, steps);
        }
    }

    private static final double SMALLEST_VARIANCE = 1e-20;

    private final Settings settings;

    private DdpmScheduler(Settings settings, int steps) {
        super(
                Timesteps.rounded(
                        settings.spacing().timesteps(steps, settings.numTrainTimesteps(), settings.stepsOffset())),
                settings.trainingNoise().alphasCumprod());
        this.settings = settings;
        requireSomethingClean(settings.predictionType());
    }

    @Override
    float[] next(float[] modelOutput, int index, float[] sample, NoiseSource noise) {
        double alpha = alphaAt(timestep(index));
        double previousAlpha = isLast(index) ? 1 : alphaAt(timestep(index + 1));
        double stepAlpha = alpha / previousAlpha;
        float[] original = settings.bound()
                .hold(settings.predictionType().original(modelOutput, sample, Math.sqrt(alpha), Math.sqrt(1 - alpha)));
        double originalWeight = Math.sqrt(previousAlpha) * (1 - stepAlpha) / (1 - alpha);
        double sampleWeight = Math.sqrt(stepAlpha) * (1 - previousAlpha) / (1 - alpha);
        if (timestep(index) == 0) {
            return WeightedSum.of(originalWeight, original, sampleWeight, sample);
        }
        double variance = settings.variance() == Variance.FIXED_LARGE
                ? 1 - stepAlpha
                : Math.max((1 - previousAlpha) / (1 - alpha) * (1 - stepAlpha), SMALLEST_VARIANCE);
        return WeightedSum.of(
                originalWeight, original, sampleWeight, sample, Math.sqrt(variance), noise.next(sample.length));
    }
}
