package sc.fiji.diffusion.engine.scheduler;

import java.util.EnumSet;
import java.util.Set;

/**
 * What the variants of DPM-Solver share: fields of their configurations, and one step's weights. Lu et al. (2022), arXiv
 * 2206.00927 (which integrates the predicted noise) and 2211.01095 (DPM-Solver++, which integrates the predicted clean
 * sample).
 *
 * @param algorithm what is integrated, and whether fresh noise is added
 * @param method how the second order is reached
 */
record DpmSolver(Algorithm algorithm, Method method) {

    enum Algorithm implements ConfigFields.Word {
        DPM_SOLVER("dpmsolver"),
        DPM_SOLVER_PLUS_PLUS("dpmsolver++"),
        SDE_DPM_SOLVER("sde-dpmsolver"),
        SDE_DPM_SOLVER_PLUS_PLUS("sde-dpmsolver++");

        static final Set<Algorithm> PLUS_PLUS = Set.copyOf(EnumSet.of(DPM_SOLVER_PLUS_PLUS, SDE_DPM_SOLVER_PLUS_PLUS));

        private final String word;

        Algorithm(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }

        boolean addsNoise() {
            return this == SDE_DPM_SOLVER || this == SDE_DPM_SOLVER_PLUS_PLUS;
        }

        /** Rather than the noise. */
        boolean predictsOriginal() {
            return PLUS_PLUS.contains(this);
        }
    }

    enum Method implements ConfigFields.Word {
        MIDPOINT,
        HEUN
    }

    /** Another class's words stand for this class's defaults, as in diffusers. */
    static DpmSolver read(ConfigFields fields, Set<Algorithm> known) {
        boolean deis = "deis".equals(fields.text("algorithm_type", null));
        Algorithm algorithm = deis
                ? Algorithm.DPM_SOLVER_PLUS_PLUS
                : fields.word("algorithm_type", Algorithm.class, known, Algorithm.DPM_SOLVER_PLUS_PLUS);
        Method method =
                switch (fields.text("solver_type", "midpoint")) {
                    case "logrho", "bh1", "bh2" -> Method.MIDPOINT;
                    default -> fields.word("solver_type", Method.class, Method.MIDPOINT);
                };
        return new DpmSolver(algorithm, method);
    }

    /** Refuses a run that ends without noise: the predicted noise can't be integrated up to there. */
    void requireEndOf(FinalSigma finalSigma, ConfigFields fields) {
        if (finalSigma == FinalSigma.ZERO && !algorithm.predictsOriginal()) {
            throw fields.wrong(
                    "final_sigmas_type", "sigma_min where algorithm_type is " + algorithm.word(), finalSigma.word());
        }
    }

    /** What is integrated, as the model's answer stands for it. */
    float[] converted(
            PredictionType type, SampleBound bound, float[] modelOutput, float[] sample, double alpha, double noise) {
        if (algorithm.predictsOriginal()) {
            return bound.hold(type.original(modelOutput, sample, alpha, noise));
        }
        float[] epsilon = type.epsilon(modelOutput, sample, alpha, noise);
        if (bound instanceof SampleBound.Free) {
            return epsilon;
        }
        float[] original = bound.hold(PredictionType.EPSILON.original(epsilon, sample, alpha, noise));
        return PredictionType.SAMPLE.epsilon(original, sample, alpha, noise);
    }

    /**
     * The weights of a step.
     *
     * @param kept of the sample where the step begins
     * @param constant of what is integrated, as it is at the beginning
     * @param slope of its first derivative there, times the step's length, with {@link Method#HEUN} and in third order
     * @param curvature of its second derivative there, times the square of the step's length
     * @param fresh of fresh noise; 0 if none is added
     */
    record Weights(double kept, double constant, double slope, double curvature, double fresh) {}

    /** From one noise level to a lower one, both given as what the process makes of them. */
    Weights weights(NoiseProcess process, double from, double to) {
        double alpha = process.alpha(to);
        double noise = process.noise(to);
        // Infinite if no noise is to be left.
        double step = process.logSnr(to) - process.logSnr(from);
        return switch (algorithm) {
            case DPM_SOLVER_PLUS_PLUS ->
                new Weights(
                        noise / process.noise(from),
                        -alpha * Math.expm1(-step),
                        alpha * (1 - Exponential.first(-step)),
                        -alpha * (Exponential.second(-step) - 0.5),
                        0);
            case SDE_DPM_SOLVER_PLUS_PLUS ->
                new Weights(
                        noise / process.noise(from) * Math.exp(-step),
                        -alpha * Math.expm1(-2 * step),
                        alpha * (1 - Exponential.first(-2 * step)),
                        // The sign of the half is diffusers'; k-diffusion's is the other.
                        -alpha * (Exponential.second(-2 * step) + 0.5),
                        noise * Math.sqrt(-Math.expm1(-2 * step)));
            case DPM_SOLVER ->
                new Weights(
                        alpha / process.alpha(from),
                        -noise * Math.expm1(step),
                        -noise * (Exponential.first(step) - 1),
                        -noise * (Exponential.second(step) - 0.5),
                        0);
            case SDE_DPM_SOLVER ->
                new Weights(
                        alpha / process.alpha(from),
                        -2 * noise * Math.expm1(step),
                        -2 * noise * (Exponential.first(step) - 1),
                        Double.NaN,
                        noise * Math.sqrt(Math.expm1(2 * step)));
        };
    }
}
