package sc.fiji.diffusion.engine.scheduler;

import java.util.Arrays;

/**
 * Fields of diffusers' {@code DPMSolverMultistepScheduler}.
 *
 * @param solverOrder 1 or 2
 * @param lowerOrderFinal whether a short run ends with a step of first order
 * @param eulerAtFinal whether every run does
 * @param lambdaMinClipped timesteps at which {@code log(alpha / sigma)} is below this are left out
 */
record DpmSolverSettings(
        TrainingNoise trainingNoise,
        PredictionType predictionType,
        TimestepSpacing spacing,
        int stepsOffset,
        SigmaSpacing sigmaSpacing,
        FinalSigma finalSigma,
        Algorithm algorithm,
        Solver solver,
        int solverOrder,
        boolean lowerOrderFinal,
        boolean eulerAtFinal,
        double lambdaMinClipped)
        implements SchedulerSettings {

    enum Algorithm implements ConfigFields.Word {
        DPM_SOLVER_PLUS_PLUS("dpmsolver++"),
        SDE_DPM_SOLVER_PLUS_PLUS("sde-dpmsolver++");

        private final String word;

        Algorithm(String word) {
            this.word = word;
        }

        @Override
        public String word() {
            return word;
        }

        boolean addsNoise() {
            return this == SDE_DPM_SOLVER_PLUS_PLUS;
        }
    }

    /** How the second order is reached. */
    enum Solver implements ConfigFields.Word {
        MIDPOINT,
        HEUN
    }

    static DpmSolverSettings read(ConfigFields fields) {
        for (String unsupported :
                new String[] {"thresholding", "use_lu_lambdas", "use_flow_sigmas", "use_dynamic_shifting"}) {
            fields.mustNotBeSet(unsupported);
        }
        if (fields.text("variance_type", null) != null) {
            throw fields.wrong("variance_type", "null (learned variances are not supported)", "another value");
        }
        TimestepSpacing spacing = TimestepSpacing.read(fields, TimestepSpacing.LINSPACE);
        double lambdaMinClipped =
                fields.number("lambda_min_clipped", Double.NEGATIVE_INFINITY, 0, Double.NEGATIVE_INFINITY);
        if (spacing == TimestepSpacing.TRAILING && Double.isFinite(lambdaMinClipped)) {
            throw fields.wrong("lambda_min_clipped", "-Infinity where timestep_spacing is trailing", lambdaMinClipped);
        }
        return new DpmSolverSettings(
                TrainingNoise.read(fields),
                PredictionType.read(fields),
                spacing,
                TimestepSpacing.readOffset(fields),
                SigmaSpacing.read(fields),
                FinalSigma.read(fields),
                algorithm(fields),
                solver(fields),
                fields.integer("solver_order", 1, 2, 2),
                fields.flag("lower_order_final", true),
                fields.flag("euler_at_final", false),
                lambdaMinClipped);
    }

    /** Another class's word stands for this class's default, as in diffusers. */
    private static Algorithm algorithm(ConfigFields fields) {
        boolean deis = "deis".equals(fields.text("algorithm_type", null));
        return deis
                ? Algorithm.DPM_SOLVER_PLUS_PLUS
                : fields.word("algorithm_type", Algorithm.class, Algorithm.DPM_SOLVER_PLUS_PLUS);
    }

    private static Solver solver(ConfigFields fields) {
        return switch (fields.text("solver_type", "midpoint")) {
            case "logrho", "bh1", "bh2" -> Solver.MIDPOINT;
            default -> fields.word("solver_type", Solver.class, Solver.MIDPOINT);
        };
    }

    @Override
    public Scheduler create(int steps) {
        return new DpmSolverMultistepScheduler(this, steps);
    }

    /** One timestep more than steps is spaced, and the last left out; not so with trailing spacing. */
    int[] timesteps(int steps, double[] trainingSigmas) {
        if (spacing == TimestepSpacing.TRAILING) {
            return Timesteps.rounded(spacing.timesteps(steps, trainingSigmas.length, 0));
        }
        int unclipped = (int) Arrays.stream(trainingSigmas)
                .filter(sigma -> -Math.log(sigma) >= lambdaMinClipped)
                .count();
        int[] spaced = Timesteps.rounded(spacing.timesteps(steps + 1, Math.max(1, unclipped), stepsOffset));
        return Arrays.copyOf(spaced, steps);
    }

    /** Timesteps of given sigmas; rounded only if the betas are not on a cosine. */
    int[] whole(double[] timesteps) {
        boolean cosine = trainingNoise.betaSchedule() == TrainingNoise.BetaSchedule.SQUAREDCOS_CAP_V2;
        boolean rounds = sigmaSpacing.kind() == SigmaSpacing.Kind.KARRAS && !cosine;
        return rounds ? Timesteps.rounded(timesteps) : Timesteps.truncated(timesteps);
    }
}
