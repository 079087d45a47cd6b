package sc.fiji.diffusion.engine.scheduler;

import java.util.Arrays;

/**
 * Noise levels in the notation of Karras et al. (2022): a sample is {@code clean + sigma * noise}, and
 * {@code sigma = sqrt((1 - a) / a)} where {@code a} is the cumulative product of the alphas.
 */
final class Sigmas {

    private static final double SMALLEST = 1e-10;

    private Sigmas() {}

    /** Of each timestep of the training, rising. */
    static float[] ofTraining(float[] alphasCumprod) {
        float[] sigmas = new float[alphasCumprod.length];
        for (int i = 0; i < sigmas.length; i++) {
            sigmas[i] = (float) Math.sqrt((1 - alphasCumprod[i]) / alphasCumprod[i]);
        }
        return sigmas;
    }

    /** From the last timestep of the training to the first: falling. */
    static double[] falling(float[] trainingSigmas) {
        double[] falling = new double[trainingSigmas.length];
        for (int i = 0; i < falling.length; i++) {
            falling[i] = trainingSigmas[trainingSigmas.length - 1 - i];
        }
        return falling;
    }

    /** Of some timesteps of the training. */
    static double[] at(int[] timesteps, float[] trainingSigmas) {
        return Arrays.stream(timesteps)
                .mapToDouble(timestep -> trainingSigmas[timestep])
                .toArray();
    }

    /** Of timesteps between those of the training, in a straight line. */
    static double[] interpolated(double[] timesteps, float[] trainingSigmas) {
        double[] sigmas = new double[timesteps.length];
        for (int i = 0; i < sigmas.length; i++) {
            double timestep = Math.max(0, Math.min(timesteps[i], trainingSigmas.length - 1));
            int low = (int) Math.min(Math.floor(timestep), Math.max(0, trainingSigmas.length - 2));
            int high = Math.min(low + 1, trainingSigmas.length - 1);
            sigmas[i] = trainingSigmas[low] + (timestep - low) * ((double) trainingSigmas[high] - trainingSigmas[low]);
        }
        return sigmas;
    }

    /** The timesteps, not rounded, at which the training had these sigmas; straight lines between their logarithms. */
    static double[] toTimesteps(double[] sigmas, float[] trainingSigmas) {
        // Single precision, as in diffusers: whether timesteps that are cut off later lie above a whole number hangs on
        // it.
        float[] logs = new float[trainingSigmas.length];
        for (int i = 0; i < logs.length; i++) {
            logs[i] = (float) Math.log(trainingSigmas[i]);
        }
        return Arrays.stream(sigmas)
                .map(sigma -> toTimestep(Math.log(Math.max(sigma, SMALLEST)), logs))
                .toArray();
    }

    private static double toTimestep(double log, float[] trainingLogs) {
        int low = 0;
        while (low + 2 < trainingLogs.length && trainingLogs[low + 1] <= log) {
            low++;
        }
        int high = Math.min(low + 1, trainingLogs.length - 1);
        double weight = high == low ? 0 : (trainingLogs[low] - log) / (trainingLogs[low] - trainingLogs[high]);
        weight = Math.max(0, Math.min(weight, 1));
        return (1 - weight) * low + weight * high;
    }

    /** With one more at the end, rounded to float32 as diffusers keeps them. */
    static double[] ending(double[] sigmas, double last) {
        double[] ended = new double[sigmas.length + 1];
        for (int i = 0; i < sigmas.length; i++) {
            ended[i] = (float) sigmas[i];
        }
        ended[sigmas.length] = (float) last;
        return ended;
    }

    /** Of a step that takes two timesteps, whose second call of the model is at the level of the next step. */
    static double[] allButTheFirstTwice(double[] values) {
        double[] doubled = new double[2 * values.length - 1];
        for (int i = 0; i < doubled.length; i++) {
            doubled[i] = values[(i + 1) / 2];
        }
        return doubled;
    }

    /** With this much noise a clean sample has variance {@code 1 + sigma^2}; the model wants to see variance 1. */
    static float[] scaledToUnitVariance(float[] sample, double sigma) {
        return WeightedSum.scaled(1 / Math.sqrt(sigma * sigma + 1), sample);
    }

    /** The clean sample that the model's answer to {@link #scaledToUnitVariance} stands for. */
    static float[] predictedOriginal(PredictionType type, float[] modelOutput, float[] sample, double sigma) {
        double variance = sigma * sigma + 1;
        return switch (type) {
            case EPSILON -> WeightedSum.of(1, sample, -sigma, modelOutput);
            case SAMPLE -> modelOutput;
            case V_PREDICTION -> WeightedSum.of(1 / variance, sample, -sigma / Math.sqrt(variance), modelOutput);
            case FLOW_PREDICTION -> throw new IllegalArgumentException("no scheduler of this notation knows flows");
        };
    }

    /** What noise is multiplied with at the beginning of a run; the leading spacing's first sample has data in it. */
    static float initNoiseSigma(double largest, TimestepSpacing spacing) {
        return (float) (spacing == TimestepSpacing.LEADING ? Math.sqrt(largest * largest + 1) : largest);
    }
}
