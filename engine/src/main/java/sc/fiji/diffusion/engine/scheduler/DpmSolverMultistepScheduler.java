package sc.fiji.diffusion.engine.scheduler;

import java.util.Objects;
import sc.fiji.diffusion.engine.RequestException;

/**
 * DPM-Solver++ of first or second order, multistep: Lu et al. (2022), arXiv 2211.01095, Algorithm 2, and its variant
 * that adds noise (SDE). diffusers' {@code DPMSolverMultistepScheduler}.
 *
 * <p>Inside, a sample is {@code alpha * clean + s * noise} with {@code alpha^2 + s^2 = 1} and {@code sigma = s / alpha};
 * steps are measured in {@code log(alpha / s) = -log(sigma)}.
 */
final class DpmSolverMultistepScheduler implements Scheduler {

    /** Runs shorter than this end with a step of first order if {@code lower_order_final} says so. */
    private static final int SHORT_RUN = 15;

    private final DpmSolverSettings settings;
    private final int[] timesteps;
    /** One a step, and the one that the last step leads to. */
    private final double[] sigmas;

    private final StepOrder order;
    /** The clean sample that the step before predicted. */
    private float[] previousOriginal = {};

    DpmSolverMultistepScheduler(DpmSolverSettings settings, int steps) {
        this.settings = settings;
        double[] trained = Sigmas.ofTraining(settings.trainingNoise().alphasCumprodAboveZero());
        if (settings.sigmaSpacing().followsTimesteps()) {
            timesteps = settings.timesteps(steps, trained);
            sigmas = Sigmas.ending(
                    Sigmas.at(timesteps, trained), settings.finalSigma().of(trained));
        } else {
            double[] spaced = settings.sigmaSpacing().respaced(Sigmas.falling(trained), steps);
            timesteps = settings.whole(Sigmas.toTimesteps(spaced, trained));
            sigmas = Sigmas.ending(spaced, settings.finalSigma().of(trained));
        }
        requireFalling(steps);
        order = new StepOrder(timesteps.length);
    }

    /** A step between equal noise levels would divide by zero. */
    private void requireFalling(int steps) {
        for (int i = 0; i < timesteps.length - 1; i++) {
            if (sigmas[i + 1] >= sigmas[i]) {
                throw new RequestException("steps: expected fewer, so that each step of this scheduler has another"
                        + " noise level, found " + steps);
            }
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
        WeightedSum.requireSameLength(modelOutput, sample);
        order.take(index);
        double sigma = sigmas[index];
        double nextSigma = sigmas[index + 1];
        // Infinite if no noise is to be left.
        double logStep = Math.log(sigma) - Math.log(nextSigma);
        boolean addsNoise = settings.algorithm().addsNoise();
        double exponent = addsNoise ? 2 * logStep : logStep;
        double decay = addsNoise ? Math.exp(-logStep) : 1;

        float[] original = predictedOriginal(modelOutput, sample, sigma);
        double keep = noiseShare(nextSigma) / noiseShare(sigma) * decay;
        double gain = -alpha(nextSigma) * Math.expm1(-exponent);
        float[] next;
        if (isFirstOrder(index)) {
            next = WeightedSum.of(keep, sample, gain, original);
        } else {
            double slope = slopeWeight(gain, nextSigma, exponent) * logStep / Math.log(sigmas[index - 1] / sigma);
            next = WeightedSum.of(keep, sample, gain + slope, original, -slope, previousOriginal);
        }
        previousOriginal = original;
        if (addsNoise) {
            double fresh = noiseShare(nextSigma) * Math.sqrt(-Math.expm1(-exponent));
            next = WeightedSum.of(1, next, fresh, noise.next(sample.length));
        }
        return next;
    }

    private boolean isFirstOrder(int index) {
        boolean last = index == timesteps.length - 1;
        boolean lowered = settings.eulerAtFinal()
                || (settings.lowerOrderFinal() && timesteps.length < SHORT_RUN)
                || settings.finalSigma() == FinalSigma.ZERO;
        return settings.solverOrder() == 1 || order.taken() == 1 || (last && lowered);
    }

    /** Of the difference between the last two predictions, where both steps are equally long. */
    private double slopeWeight(double gain, double nextSigma, double exponent) {
        return switch (settings.solver()) {
            case MIDPOINT -> gain / 2;
            case HEUN -> alpha(nextSigma) * (Math.expm1(-exponent) / exponent + 1);
        };
    }

    private float[] predictedOriginal(float[] modelOutput, float[] sample, double sigma) {
        double alpha = alpha(sigma);
        return switch (settings.predictionType()) {
            case EPSILON -> WeightedSum.of(1 / alpha, sample, -sigma, modelOutput);
            case SAMPLE -> modelOutput.clone();
            case V_PREDICTION -> WeightedSum.of(alpha, sample, -noiseShare(sigma), modelOutput);
        };
    }

    private static double alpha(double sigma) {
        return 1 / Math.sqrt(sigma * sigma + 1);
    }

    private static double noiseShare(double sigma) {
        return sigma * alpha(sigma);
    }

    @Override
    public float[] addNoise(float[] original, float[] noise, int index) {
        double sigma = sigma(index);
        return WeightedSum.of(alpha(sigma), original, noiseShare(sigma), noise);
    }

    private double sigma(int index) {
        return sigmas[Objects.checkIndex(index, timesteps.length)];
    }
}
