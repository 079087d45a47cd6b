package sc.fiji.diffusion.engine.scheduler;

import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * How the sigmas of a run are spaced.
 *
 * @param kind the rule
 * @param smallest the last of them, if not the training's; only where they don't follow the timesteps
 * @param largest the first of them, likewise
 */
record SigmaSpacing(Kind kind, OptionalDouble smallest, OptionalDouble largest) {

    enum Kind {
        /** The sigmas that the training had at the timesteps. */
        BY_TIMESTEP,
        /** Formula (5) of Karras et al. (2022), arXiv 2206.00364, with rho 7. */
        KARRAS,
        /** Equal steps of the logarithm. */
        EXPONENTIAL
    }

    private static final double RHO = 7;

    static SigmaSpacing read(ConfigFields fields) {
        fields.mustNotBeSet("use_beta_sigmas");
        boolean karras = fields.flag("use_karras_sigmas", false);
        boolean exponential = fields.flag("use_exponential_sigmas", false);
        if (karras && exponential) {
            throw fields.wrong("use_exponential_sigmas", "false where use_karras_sigmas is true", true);
        }
        OptionalDouble smallest = fields.optionalNumber("sigma_min", Double.MIN_NORMAL, Float.MAX_VALUE);
        OptionalDouble largest = fields.optionalNumber("sigma_max", Double.MIN_NORMAL, Float.MAX_VALUE);
        if (smallest.isPresent() && largest.isPresent() && smallest.getAsDouble() >= largest.getAsDouble()) {
            throw fields.wrong("sigma_min", "less than sigma_max = " + largest.getAsDouble(), smallest.getAsDouble());
        }
        Kind kind = karras ? Kind.KARRAS : exponential ? Kind.EXPONENTIAL : Kind.BY_TIMESTEP;
        return new SigmaSpacing(kind, smallest, largest);
    }

    boolean followsTimesteps() {
        return kind == Kind.BY_TIMESTEP;
    }

    /** Sigmas of a run of {@code steps}, falling, in the range of those given, which fall too. */
    double[] respaced(double[] sigmas, int steps) {
        double first = largest.orElse(sigmas[0]);
        double last = smallest.orElse(sigmas[sigmas.length - 1]);
        return switch (kind) {
            case BY_TIMESTEP -> sigmas;
            case KARRAS -> karras(first, last, steps);
            case EXPONENTIAL -> exponential(first, last, steps);
        };
    }

    static double[] exponential(double first, double last, int steps) {
        return Arrays.stream(TimestepSpacing.evenly(Math.log(first), Math.log(last), steps))
                .map(Math::exp)
                .toArray();
    }

    private static double[] karras(double first, double last, int steps) {
        return Arrays.stream(TimestepSpacing.evenly(Math.pow(first, 1 / RHO), Math.pow(last, 1 / RHO), steps))
                .map(root -> Math.pow(root, RHO))
                .toArray();
    }
}
