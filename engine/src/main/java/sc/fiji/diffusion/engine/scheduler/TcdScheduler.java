package sc.fiji.diffusion.engine.scheduler;

/**
 * Trajectory consistency distillation, Zheng et al. (2024), arXiv 2402.19159, strategic stochastic sampling: each step goes
 * below the next timestep, and fresh noise leads back up to it. diffusers' {@code TCDScheduler} with its usual eta of 0.3.
 */
final class TcdScheduler extends AlphaScheduler {

    /** Fields of diffusers' class that are used there; it never bounds samples. */
    record Settings(TrainingNoise trainingNoise, PredictionType predictionType, int originalInferenceSteps)
            implements SchedulerSettings.WithBetas {

        static Settings read(ConfigFields fields) {
            return new Settings(
                    TrainingNoise.readRescalable(fields, TrainingNoise.Defaults.CONSISTENCY),
                    PredictionType.read(fields, PredictionType.USUAL),
                    ConsistencyTimesteps.readOriginalSteps(fields));
        }

        @Override
        public Scheduler create(int steps) {
            return new TcdScheduler(this, steps);
        }
    }

    /** How far below the next timestep a step goes, as a share of it: the paper's gamma. */
    private static final double ETA = 0.3;

    private final Settings settings;

    private TcdScheduler(Settings settings, int steps) {
        super(
                ConsistencyTimesteps.of(steps, settings.originalInferenceSteps(), settings.numTrainTimesteps()),
                settings.trainingNoise().alphasCumprod());
        this.settings = settings;
        requireSomethingClean(settings.predictionType());
    }

    @Override
    float[] next(float[] modelOutput, int index, float[] sample, NoiseSource noise) {
        double alpha = alphaAt(timestep(index));
        double root = Math.sqrt(alpha);
        double noiseRoot = Math.sqrt(1 - alpha);
        int nextTimestep = isLast(index) ? 0 : timestep(index + 1);
        // In single precision, as there: it decides between two timesteps where the product is nearly whole.
        double below = alphaAt((int) ((float) (1 - ETA) * nextTimestep));
        PredictionType type = settings.predictionType();
        float[] noised = WeightedSum.of(
                Math.sqrt(below),
                type.original(modelOutput, sample, root, noiseRoot),
                Math.sqrt(1 - below),
                type.epsilon(modelOutput, sample, root, noiseRoot));
        if (isLast(index)) {
            return noised;
        }
        double share = alphaAt(nextTimestep) / below;
        return WeightedSum.of(Math.sqrt(share), noised, Math.sqrt(1 - share), noise.next(sample.length));
    }
}
