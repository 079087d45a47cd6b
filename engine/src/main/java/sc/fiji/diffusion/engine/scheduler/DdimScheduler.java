package sc.fiji.diffusion.engine.scheduler;

import java.util.OptionalDouble;
import sc.fiji.diffusion.engine.RequestException;

/**
 * Denoising diffusion implicit models, Song, Meng and Ermon (2020), arXiv 2010.02502, formula (12) with eta 0: no noise
 * is added. diffusers' {@code DDIMScheduler}.
 */
final class DdimScheduler implements Scheduler {

    /** Fields of diffusers' class; {@code clipSampleRange} is empty if nothing is clipped. */
    record Settings(
            TrainingNoise trainingNoise,
            PredictionType predictionType,
            TimestepSpacing spacing,
            int stepsOffset,
            boolean setAlphaToOne,
            OptionalDouble clipSampleRange)
            implements SchedulerSettings {

        static Settings read(ConfigFields fields) {
            fields.mustNotBeSet("thresholding");
            double range = fields.number("clip_sample_range", 0, Float.MAX_VALUE, 1);
            return new Settings(
                    TrainingNoise.read(fields),
                    PredictionType.read(fields),
                    TimestepSpacing.read(fields, TimestepSpacing.LEADING),
                    TimestepSpacing.readOffset(fields),
                    fields.flag("set_alpha_to_one", true),
                    fields.flag("clip_sample", true) ? OptionalDouble.of(range) : OptionalDouble.empty());
        }

        @Override
        public Scheduler create(int steps) {
            return new DdimScheduler(this, steps);
        }
    }

    private final Settings settings;
    private final int[] timesteps;
    /** Between a timestep and the one that comes after it, whatever the spacing. */
    private final int stride;

    private final double[] alphasCumprod;
    private final StepOrder order;

    private DdimScheduler(Settings settings, int steps) {
        this.settings = settings;
        int trained = settings.trainingNoise().numTrainTimesteps();
        timesteps = Timesteps.rounded(settings.spacing().timesteps(steps, trained, settings.stepsOffset()));
        stride = trained / steps;
        alphasCumprod = settings.trainingNoise().alphasCumprod();
        order = new StepOrder(timesteps.length);
        if (alphasCumprod[timesteps[0]] == 0 && settings.predictionType() == PredictionType.EPSILON) {
            throw new RequestException("scheduler: expected a model of v_prediction where the first timestep is pure"
                    + " noise (rescale_betas_zero_snr), found one of epsilon");
        }
    }

    @Override
    public float[] timesteps() {
        return Timesteps.floats(timesteps);
    }

    @Override
    public float initNoiseSigma() {
        return 1;
    }

    @Override
    public float[] scaleModelInput(float[] sample, int index) {
        return sample.clone();
    }

    @Override
    public float[] step(float[] modelOutput, int index, float[] sample, NoiseSource noise) {
        order.take(index);
        double alpha = alphasCumprod[timesteps[index]];
        double previousAlpha = previousAlpha(timesteps[index] - stride);
        float[] original = predictedOriginal(modelOutput, sample, alpha);
        float[] epsilon = predictedEpsilon(modelOutput, sample, alpha);
        settings.clipSampleRange().ifPresent(range -> clip(original, (float) range));
        return WeightedSum.of(Math.sqrt(previousAlpha), original, Math.sqrt(1 - previousAlpha), epsilon);
    }

    /** Of the timestep that the step leads to; after the last one there is none. */
    private double previousAlpha(int previousTimestep) {
        if (previousTimestep >= 0) {
            return alphasCumprod[previousTimestep];
        }
        return settings.setAlphaToOne() ? 1 : alphasCumprod[0];
    }

    private float[] predictedOriginal(float[] modelOutput, float[] sample, double alpha) {
        double root = Math.sqrt(alpha);
        double noiseRoot = Math.sqrt(1 - alpha);
        return switch (settings.predictionType()) {
            case EPSILON -> WeightedSum.of(1 / root, sample, -noiseRoot / root, modelOutput);
            case SAMPLE -> modelOutput.clone();
            case V_PREDICTION -> WeightedSum.of(root, sample, -noiseRoot, modelOutput);
        };
    }

    private float[] predictedEpsilon(float[] modelOutput, float[] sample, double alpha) {
        double root = Math.sqrt(alpha);
        double noiseRoot = Math.sqrt(1 - alpha);
        return switch (settings.predictionType()) {
            case EPSILON -> modelOutput;
            case SAMPLE -> WeightedSum.of(1 / noiseRoot, sample, -root / noiseRoot, modelOutput);
            case V_PREDICTION -> WeightedSum.of(root, modelOutput, noiseRoot, sample);
        };
    }

    private static void clip(float[] values, float range) {
        for (int i = 0; i < values.length; i++) {
            values[i] = Math.max(-range, Math.min(values[i], range));
        }
    }

    @Override
    public float[] addNoise(float[] original, float[] noise, int index) {
        double alpha = alphasCumprod[timesteps[index]];
        return WeightedSum.of(Math.sqrt(alpha), original, Math.sqrt(1 - alpha), noise);
    }
}
