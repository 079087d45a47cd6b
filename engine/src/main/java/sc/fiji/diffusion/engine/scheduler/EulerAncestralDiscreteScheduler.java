package sc.fiji.diffusion.engine.scheduler;

import java.util.Objects;

/**
 * Euler's method with ancestral sampling: each step goes below the next noise level, and fresh noise leads back up to
 * it. From Crowson's k-diffusion, {@code sample_euler_ancestral}; diffusers' {@code EulerAncestralDiscreteScheduler}.
 */
final class EulerAncestralDiscreteScheduler implements Scheduler {

    /** Fields of diffusers' class. */
    record Settings(
            TrainingNoise trainingNoise, PredictionType predictionType, TimestepSpacing spacing, int stepsOffset)
            implements SchedulerSettings {

        static Settings read(ConfigFields fields) {
            PredictionType predictionType = PredictionType.read(fields);
            if (predictionType == PredictionType.SAMPLE) {
                throw fields.wrong(
                        "prediction_type", "epsilon or v_prediction with EulerAncestralDiscreteScheduler", "sample");
            }
            return new Settings(
                    TrainingNoise.read(fields),
                    predictionType,
                    TimestepSpacing.read(fields, TimestepSpacing.LINSPACE),
                    TimestepSpacing.readOffset(fields));
        }

        @Override
        public Scheduler create(int steps) {
            return new EulerAncestralDiscreteScheduler(this, steps);
        }
    }

    private final Settings settings;
    private final double[] timesteps;
    /** One a step, and 0, which the last step leads to. */
    private final double[] sigmas;

    private final StepOrder order;

    private EulerAncestralDiscreteScheduler(Settings settings, int steps) {
        this.settings = settings;
        TrainingNoise training = settings.trainingNoise();
        timesteps = settings.spacing().timesteps(steps, training.numTrainTimesteps(), settings.stepsOffset());
        double[] trained = Sigmas.ofTraining(training.alphasCumprodAboveZero());
        sigmas = Sigmas.ending(Sigmas.interpolated(timesteps, trained), 0);
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
        double from = sigmas[index];
        double to = sigmas[index + 1];
        double up = Math.sqrt(to * to * (from * from - to * to) / (from * from));
        double down = Math.sqrt(to * to - up * up);
        float[] original = Sigmas.predictedOriginal(settings.predictionType(), modelOutput, sample, from);
        // sample + (down - from) * (sample - original) / from, and noise
        double kept = down / from;
        return WeightedSum.of(kept, sample, 1 - kept, original, up, noise.next(sample.length));
    }

    @Override
    public float[] addNoise(float[] original, float[] noise, int index) {
        return WeightedSum.of(1, original, sigma(index), noise);
    }

    private double sigma(int index) {
        return sigmas[Objects.checkIndex(index, timesteps.length)];
    }
}
