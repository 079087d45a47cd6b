package sc.fiji.diffusion.engine.scheduler;

import java.util.Objects;

/**
 * Euler's method on the ordinary differential equation of Karras et al. (2022), arXiv 2206.00364, Algorithm 2 without
 * churn and correction. diffusers' {@code EulerDiscreteScheduler}.
 */
final class EulerDiscreteScheduler implements Scheduler {

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
    record Settings(
            TrainingNoise trainingNoise,
            PredictionType predictionType,
            TimestepSpacing spacing,
            int stepsOffset,
            Interpolation interpolation,
            SigmaSpacing sigmaSpacing,
            TimestepKind timestepKind,
            FinalSigma finalSigma)
            implements SchedulerSettings {

        static Settings read(ConfigFields fields) {
            return new Settings(
                    TrainingNoise.read(fields),
                    PredictionType.read(fields),
                    TimestepSpacing.read(fields, TimestepSpacing.LINSPACE),
                    TimestepSpacing.readOffset(fields),
                    fields.word("interpolation_type", Interpolation.class, Interpolation.LINEAR),
                    SigmaSpacing.read(fields),
                    fields.word("timestep_type", TimestepKind.class, TimestepKind.DISCRETE),
                    FinalSigma.read(fields));
        }

        @Override
        public Scheduler create(int steps) {
            return new EulerDiscreteScheduler(this, steps);
        }
    }

    private final Settings settings;
    private final double[] timesteps;
    /** One a step, and the one that the last step leads to. */
    private final double[] sigmas;

    private final StepOrder order;

    private EulerDiscreteScheduler(Settings settings, int steps) {
        this.settings = settings;
        TrainingNoise training = settings.trainingNoise();
        double[] trained = Sigmas.ofTraining(training.alphasCumprodAboveZero());
        double[] spaced = settings.spacing().timesteps(steps, training.numTrainTimesteps(), settings.stepsOffset());
        double[] bySpacing = settings.interpolation() == Interpolation.LINEAR
                ? Sigmas.interpolated(spaced, trained)
                : SigmaSpacing.exponential(trained[trained.length - 1], trained[0], steps + 1);
        double[] running = settings.sigmaSpacing().respaced(bySpacing, steps);
        sigmas = Sigmas.ending(running, settings.finalSigma().of(trained));
        timesteps = settings.sigmaSpacing().followsTimesteps() ? spaced : Sigmas.toTimesteps(running, trained);
        if (settings.timestepKind() == TimestepKind.CONTINUOUS
                && settings.predictionType() == PredictionType.V_PREDICTION) {
            for (int i = 0; i < timesteps.length; i++) {
                timesteps[i] = Math.log(sigmas[i]) / 4;
            }
        }
        order = new StepOrder(timesteps.length);
    }

    @Override
    public float[] timesteps() {
        return Timesteps.floats(timesteps);
    }

    @Override
    public float initNoiseSigma() {
        return Sigmas.initNoiseSigma(sigmas[0], settings.spacing());
    }

    @Override
    public float[] scaleModelInput(float[] sample, int index) {
        return Sigmas.scaledToUnitVariance(sample, sigma(index));
    }

    @Override
    public float[] step(float[] modelOutput, int index, float[] sample, NoiseSource noise) {
        order.take(index);
        double sigma = sigmas[index];
        float[] original = Sigmas.predictedOriginal(settings.predictionType(), modelOutput, sample, sigma);
        // sample + (sigmas[index + 1] - sigma) * (sample - original) / sigma
        double kept = sigmas[index + 1] / sigma;
        return WeightedSum.of(kept, sample, 1 - kept, original);
    }

    @Override
    public float[] addNoise(float[] original, float[] noise, int index) {
        return WeightedSum.of(1, original, sigma(index), noise);
    }

    private double sigma(int index) {
        return sigmas[Objects.checkIndex(index, timesteps.length)];
    }
}
