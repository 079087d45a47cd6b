package sc.fiji.diffusion.engine.scheduler;

import java.util.Objects;

/**
 * A scheduler in the notation of Karras et al. (2022), arXiv 2206.00364: a sample is {@code clean + sigma * noise}, and
 * the model sees it scaled.
 */
abstract class SigmaScheduler extends StepwiseScheduler {

    private final PredictionType predictionType;
    /** One a timestep, and those that the last steps lead to. */
    private final double[] sigmas;

    private final int count;
    private final float initNoiseSigma;

    SigmaScheduler(float[] timesteps, int callsPerStep, double[] sigmas, SigmaSettings settings) {
        super(timesteps, callsPerStep);
        this.predictionType = settings.predictionType();
        this.sigmas = sigmas;
        this.count = timesteps.length;
        this.initNoiseSigma = Sigmas.initNoiseSigma(sigmas[0], settings.spacing());
    }

    @Override
    public float initNoiseSigma() {
        return initNoiseSigma;
    }

    @Override
    public float[] scaleModelInput(float[] sample, int index) {
        return Sigmas.scaledToUnitVariance(sample, modelSigma(Objects.checkIndex(index, count)));
    }

    /** The noise in the sample that the model is shown at an index. */
    double modelSigma(int index) {
        return sigmas[index];
    }

    /** The clean sample that the model's answer stands for. */
    final float[] predictedOriginal(float[] modelOutput, float[] sample, int index) {
        return Sigmas.predictedOriginal(predictionType, modelOutput, sample, modelSigma(index));
    }

    final double sigma(int index) {
        return sigmas[index];
    }

    @Override
    public float[] addNoise(float[] original, float[] noise, int index) {
        return WeightedSum.of(1, original, sigmas[Objects.checkIndex(index, count)], noise);
    }
}
