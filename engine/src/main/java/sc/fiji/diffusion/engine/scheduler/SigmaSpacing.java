package sc.fiji.diffusion.engine.scheduler;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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
        EXPONENTIAL,
        /** Quantiles of a beta distribution: Lee et al. (2024), arXiv 2407.12173. */
        BETA;

        /** Of the configurations that switch it on. */
        String field() {
            return "use_" + name().toLowerCase(Locale.ROOT) + "_sigmas";
        }
    }

    private static final double RHO = 7;

    /** Both parameters of the beta distribution. */
    private static final BetaQuantile BETA_QUANTILE = new BetaQuantile(0.6);

    static SigmaSpacing byTimestep() {
        return new SigmaSpacing(Kind.BY_TIMESTEP, OptionalDouble.empty(), OptionalDouble.empty());
    }

    static SigmaSpacing read(ConfigFields fields) {
        OptionalDouble smallest = fields.optionalNumber("sigma_min", Double.MIN_NORMAL, Float.MAX_VALUE);
        OptionalDouble largest = fields.optionalNumber("sigma_max", Double.MIN_NORMAL, Float.MAX_VALUE);
        if (smallest.isPresent() && largest.isPresent() && smallest.getAsDouble() >= largest.getAsDouble()) {
            throw fields.wrong("sigma_min", "less than sigma_max = " + largest.getAsDouble(), smallest.getAsDouble());
        }
        return new SigmaSpacing(readKind(fields), smallest, largest);
    }

    /** At most one of the fields may be true. */
    static Kind readKind(ConfigFields fields) {
        Kind found = Kind.BY_TIMESTEP;
        for (Kind kind : List.of(Kind.KARRAS, Kind.EXPONENTIAL, Kind.BETA)) {
            if (fields.flag(kind.field(), false)) {
                if (found != Kind.BY_TIMESTEP) {
                    throw fields.wrong(kind.field(), "false where " + found.field() + " is true", true);
                }
                found = kind;
            }
        }
        return found;
    }

    boolean followsTimesteps() {
        return kind == Kind.BY_TIMESTEP;
    }

    /** Sigmas of a run of {@code steps}, falling, in the range of those given, which fall too. */
    double[] respaced(double[] sigmas, int steps) {
        double first = largest.orElse(sigmas[0]);
        double last = smallest.orElse(sigmas[sigmas.length - 1]);
        return spaced(kind, first, last, RHO, steps);
    }

    /** @param rho how much denser small sigmas lie than large ones, with {@link Kind#KARRAS} */
    static double[] spaced(Kind kind, double first, double last, double rho, int steps) {
        return switch (kind) {
            case BY_TIMESTEP -> throw new IllegalArgumentException("sigmas that follow timesteps are not spaced");
            case KARRAS ->
                Arrays.stream(TimestepSpacing.evenly(Math.pow(first, 1 / rho), Math.pow(last, 1 / rho), steps))
                        .map(root -> Math.pow(root, rho))
                        .toArray();
            case EXPONENTIAL ->
                Arrays.stream(TimestepSpacing.evenly(Math.log(first), Math.log(last), steps))
                        .map(Math::exp)
                        .toArray();
            case BETA ->
                Arrays.stream(TimestepSpacing.evenly(0, 1, steps))
                        .map(share -> last + BETA_QUANTILE.at(1 - share) * (first - last))
                        .toArray();
        };
    }
}
