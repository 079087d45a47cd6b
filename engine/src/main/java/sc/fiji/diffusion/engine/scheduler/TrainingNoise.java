package sc.fiji.diffusion.engine.scheduler;

import java.util.List;

/**
 * How noisy a sample was at each timestep of the training: there it is {@code sqrt(a) * clean + sqrt(1 - a) * noise}
 * with {@code a = alphasCumprod()[timestep]}.
 *
 * @param numTrainTimesteps 1 to 100,000
 * @param betaStart first of the variances that are added, between 0 and 1
 * @param betaEnd last of them
 * @param betaSchedule what lies between
 * @param trainedBetas the variances themselves, if not empty
 * @param rescaleBetasZeroSnr whether the last timestep is pure noise (Lin et al. 2023, Algorithm 1)
 */
record TrainingNoise(
        int numTrainTimesteps,
        double betaStart,
        double betaEnd,
        BetaSchedule betaSchedule,
        List<Double> trainedBetas,
        boolean rescaleBetasZeroSnr) {

    enum BetaSchedule implements ConfigFields.Word {
        LINEAR,
        /** Linear in the square roots: latent diffusion's. */
        SCALED_LINEAR,
        /** Nichol and Dhariwal (2021). */
        SQUAREDCOS_CAP_V2
    }

    private static final double LARGEST_COSINE_BETA = 0.999;

    /** Numbers that are neither 0 nor 1. */
    private static final double ABOVE_ZERO = Double.MIN_VALUE;

    private static final double BELOW_ONE = Math.nextDown(1.0);

    /** For the classes that know {@code rescale_betas_zero_snr}. */
    static TrainingNoise read(ConfigFields fields) {
        return read(fields, fields.flag("rescale_betas_zero_snr", false));
    }

    static TrainingNoise read(ConfigFields fields, boolean rescaleBetasZeroSnr) {
        List<Double> trained = fields.numbers("trained_betas", ABOVE_ZERO, BELOW_ONE);
        int timesteps = fields.integer("num_train_timesteps", 1, 100_000, 1000);
        if (!trained.isEmpty() && trained.size() != timesteps) {
            throw fields.wrong("trained_betas", "num_train_timesteps = " + timesteps + " of them", trained.size());
        }
        return new TrainingNoise(
                timesteps,
                fields.number("beta_start", ABOVE_ZERO, BELOW_ONE, 0.0001),
                fields.number("beta_end", ABOVE_ZERO, BELOW_ONE, 0.02),
                fields.word("beta_schedule", BetaSchedule.class, BetaSchedule.LINEAR),
                trained,
                rescaleBetasZeroSnr);
    }

    /** The share of the clean sample's variance that is left, for each timestep; falling. */
    double[] alphasCumprod() {
        double[] alphas = new double[numTrainTimesteps];
        double product = 1;
        for (int timestep = 0; timestep < alphas.length; timestep++) {
            product *= 1 - beta(timestep);
            alphas[timestep] = product;
        }
        if (rescaleBetasZeroSnr) {
            rescale(alphas);
        }
        return alphas;
    }

    /**
     * As {@link #alphasCumprod}, but never 0, so that the last sigma is a number: with a rescaled schedule the last is
     * 2^-24, as in diffusers' Euler and DPM-Solver schedulers.
     */
    double[] alphasCumprodAboveZero() {
        double[] alphas = alphasCumprod();
        if (rescaleBetasZeroSnr) {
            alphas[alphas.length - 1] = 0x1p-24;
        }
        return alphas;
    }

    private double beta(int timestep) {
        if (!trainedBetas.isEmpty()) {
            return trainedBetas.get(timestep);
        }
        double fraction = numTrainTimesteps == 1 ? 0 : (double) timestep / (numTrainTimesteps - 1);
        return switch (betaSchedule) {
            case LINEAR -> betaStart + fraction * (betaEnd - betaStart);
            case SCALED_LINEAR -> {
                double root = Math.sqrt(betaStart) + fraction * (Math.sqrt(betaEnd) - Math.sqrt(betaStart));
                yield root * root;
            }
            case SQUAREDCOS_CAP_V2 ->
                Math.min(1 - cosineAlphaBar(timestep + 1) / cosineAlphaBar(timestep), LARGEST_COSINE_BETA);
        };
    }

    private double cosineAlphaBar(int timestep) {
        double root = Math.cos(((double) timestep / numTrainTimesteps + 0.008) / 1.008 * Math.PI / 2);
        return root * root;
    }

    /** Shifts the square roots so that the last is 0, and scales them so that the first stays. */
    private static void rescale(double[] alphas) {
        double first = Math.sqrt(alphas[0]);
        double last = Math.sqrt(alphas[alphas.length - 1]);
        for (int i = 0; i < alphas.length; i++) {
            double root = (Math.sqrt(alphas[i]) - last) * first / (first - last);
            alphas[i] = root * root;
        }
    }
}
