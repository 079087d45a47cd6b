package sc.fiji.diffusion.engine.scheduler;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

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

    /** What a class of schedulers takes where the configuration says nothing, and which schedules it knows. */
    enum Defaults {
        /** Of most classes. */
        DDPM(0.0001, 0.02, BetaSchedule.LINEAR),
        /** Of {@code DDPMScheduler} itself. */
        DDPM_WITH_MORE_SCHEDULES(0.0001, 0.02, BetaSchedule.LINEAR),
        /** Of the classes that come from k-diffusion and call the model twice a step. */
        K_DIFFUSION(0.00085, 0.012, BetaSchedule.LINEAR),
        HEUN(0.00085, 0.012, BetaSchedule.LINEAR),
        /** Of the classes for models that were distilled from Stable Diffusion. */
        CONSISTENCY(0.00085, 0.012, BetaSchedule.SCALED_LINEAR);

        private final double betaStart;
        private final double betaEnd;
        private final BetaSchedule schedule;

        Defaults(double betaStart, double betaEnd, BetaSchedule schedule) {
            this.betaStart = betaStart;
            this.betaEnd = betaEnd;
            this.schedule = schedule;
        }

        private Set<BetaSchedule> known() {
            EnumSet<BetaSchedule> known = EnumSet.copyOf(BetaSchedule.USUAL);
            if (this == DDPM_WITH_MORE_SCHEDULES) {
                known.addAll(EnumSet.of(BetaSchedule.LAPLACE, BetaSchedule.SIGMOID));
            } else if (this == HEUN) {
                known.add(BetaSchedule.EXP);
            }
            return known;
        }
    }

    /** Numbers that are neither 0 nor 1. */
    private static final double ABOVE_ZERO = Double.MIN_VALUE;

    private static final double BELOW_ONE = Math.nextDown(1.0);

    /** What is left of the clean sample at the last timestep of a rescaled schedule, where it can't be nothing. */
    private static final double NEARLY_ZERO = 0x1p-24;

    /** For the classes that know {@code rescale_betas_zero_snr}. */
    static TrainingNoise readRescalable(ConfigFields fields, Defaults defaults) {
        return read(fields, defaults, fields.flag("rescale_betas_zero_snr", false));
    }

    /** For the classes that pass over {@code rescale_betas_zero_snr}. */
    static TrainingNoise read(ConfigFields fields, Defaults defaults) {
        return read(fields, defaults, false);
    }

    private static TrainingNoise read(ConfigFields fields, Defaults defaults, boolean rescaleBetasZeroSnr) {
        List<Double> trained = fields.numbers("trained_betas", ABOVE_ZERO, BELOW_ONE);
        int timesteps = fields.numTrainTimesteps();
        if (!trained.isEmpty() && trained.size() != timesteps) {
            throw fields.wrong("trained_betas", "num_train_timesteps = " + timesteps + " of them", trained.size());
        }
        return new TrainingNoise(
                timesteps,
                fields.number("beta_start", ABOVE_ZERO, BELOW_ONE, defaults.betaStart),
                fields.number("beta_end", ABOVE_ZERO, BELOW_ONE, defaults.betaEnd),
                fields.word("beta_schedule", BetaSchedule.class, defaults.known(), defaults.schedule),
                trained,
                rescaleBetasZeroSnr);
    }

    /** The share of the clean sample's variance that is left, for each timestep; falling. */
    float[] alphasCumprod() {
        float[] products = cumulative(alphas());
        return rescaleBetasZeroSnr ? cumulative(rescaled(products)) : products;
    }

    /**
     * As {@link #alphasCumprod}, but never 0, so that the last sigma is a number: with a rescaled schedule the last is
     * 2^-24, as in diffusers' Euler, DPM-Solver and UniPC schedulers.
     */
    float[] alphasCumprodAboveZero() {
        float[] alphas = alphasCumprod();
        if (rescaleBetasZeroSnr) {
            alphas[alphas.length - 1] = (float) NEARLY_ZERO;
        }
        return alphas;
    }

    private float[] alphas() {
        float[] alphas = betaSchedule.betas(numTrainTimesteps, betaStart, betaEnd);
        for (int i = 0; i < alphas.length; i++) {
            float beta =
                    trainedBetas.isEmpty() ? alphas[i] : trainedBetas.get(i).floatValue();
            alphas[i] = 1 - beta;
        }
        return alphas;
    }

    private static float[] cumulative(float[] alphas) {
        float[] products = new float[alphas.length];
        double product = 1;
        for (int i = 0; i < products.length; i++) {
            product *= alphas[i];
            products[i] = (float) product;
        }
        return products;
    }

    /** The alphas with which the square roots of these products are shifted so that the last is 0; the first stays. */
    private static float[] rescaled(float[] products) {
        float first = (float) Math.sqrt(products[0]);
        float last = (float) Math.sqrt(products[products.length - 1]);
        float factor = first / (first - last);
        float[] alphas = new float[products.length];
        float before = 1;
        for (int i = 0; i < alphas.length; i++) {
            float root = ((float) Math.sqrt(products[i]) - last) * factor;
            // By way of the betas, which are rounded
            float beta = 1 - root * root / before;
            alphas[i] = 1 - beta;
            before = root * root;
        }
        return alphas;
    }
}
