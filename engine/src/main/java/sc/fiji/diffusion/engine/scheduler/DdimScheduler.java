package sc.fiji.diffusion.engine.scheduler;

/**
 * Denoising diffusion implicit models, Song, Meng and Ermon (2020), arXiv 2010.02502, formula (12) with eta 0: no noise
 * is added. diffusers' {@code DDIMScheduler}.
 */
final class DdimScheduler extends AlphaScheduler {

    /** Fields of diffusers' class. */
    record Settings(
            TrainingNoise trainingNoise,
            PredictionType predictionType,
            TimestepSpacing spacing,
            int stepsOffset,
            boolean setAlphaToOne,
            SampleBound bound)
            implements SchedulerSettings.WithBetas {

        static Settings read(ConfigFields fields) {
            return new Settings(
                    TrainingNoise.readRescalable(fields, TrainingNoise.Defaults.DDPM),
                    PredictionType.read(fields, PredictionType.USUAL),
                    TimestepSpacing.read(fields, TimestepSpacing.LEADING),
                    TimestepSpacing.readOffset(fields),
                    fields.flag("set_alpha_to_one", true),
                    SampleBound.read(fields, true));
        }

        @Override
        public Scheduler create(int steps) {
            return new DdimScheduler(this, steps);
        }
    }

    private final Settings settings;
    /** Between a timestep and the one that comes after it, whatever the spacing. */
    private final int stride;

    private DdimScheduler(Settings settings, int steps) {
        super(
                Timesteps.rounded(
                        settings.spacing().timesteps(steps, settings.numTrainTimesteps(), settings.stepsOffset())),
                settings.trainingNoise().alphasCumprod());
        this.settings = settings;
        stride = settings.numTrainTimesteps() / steps;
        requireSomethingClean(settings.predictionType());
    }

    @Override
    float[] next(float[] modelOutput, int index, float[] sample, NoiseSource noise) {
        double alpha = alphaAt(timestep(index));
        int previous = timestep(index) - stride;
        double previousAlpha = previous >= 0 ? alphaAt(previous) : finalAlpha(settings.setAlphaToOne());
        double root = Math.sqrt(alpha);
        double noiseRoot = Math.sqrt(1 - alpha);
        PredictionType type = settings.predictionType();
        float[] original = settings.bound().hold(type.original(modelOutput, sample, root, noiseRoot));
        // Of the answer itself, not of what is bounded.
        float[] epsilon = type.epsilon(modelOutput, sample, root, noiseRoot);
        return WeightedSum.of(Math.sqrt(previousAlpha), original, Math.sqrt(1 - previousAlpha), epsilon);
    }
}
