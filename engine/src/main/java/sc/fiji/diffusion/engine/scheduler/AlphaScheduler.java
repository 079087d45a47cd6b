package sc.fiji.diffusion.engine.scheduler;

import sc.fiji.diffusion.engine.RequestException;

/**
 * A scheduler in the notation of DDPM (Ho et al. 2020): at a timestep, a sample is
 * {@code sqrt(a) * clean + sqrt(1 - a) * noise} with {@code a} the cumulative product of the alphas.
 */
abstract class AlphaScheduler extends StepwiseScheduler {

    private final int[] timesteps;
    private final float[] alphasCumprod;

    AlphaScheduler(int[] timesteps, float[] alphasCumprod) {
        super(Timesteps.floats(timesteps));
        this.timesteps = timesteps;
        this.alphasCumprod = alphasCumprod;
    }

    /** What a prediction of the noise says nothing about: a sample without anything of the clean one. */
    final void requireSomethingClean(PredictionType predictionType) {
        if (alphasCumprod[timesteps[0]] == 0 && predictionType == PredictionType.EPSILON) {
            throw new RequestException("scheduler: expected a model of v_prediction where the first timestep is pure"
                    + " noise (rescale_betas_zero_snr), found one of epsilon");
        }
    }

    final int timestep(int index) {
        return timesteps[index];
    }

    /** How much of the clean sample's variance is left at a timestep of the training. */
    final double alphaAt(int timestep) {
        return alphasCumprod[timestep];
    }

    /** Of the clean sample itself, or of what the training had cleanest. */
    final double finalAlpha(boolean setAlphaToOne) {
        return setAlphaToOne ? 1 : alphasCumprod[0];
    }

    @Override
    public float[] addNoise(float[] original, float[] noise, int index) {
        double alpha = alphasCumprod[timesteps[index]];
        return WeightedSum.of(Math.sqrt(alpha), original, Math.sqrt(1 - alpha), noise);
    }
}
