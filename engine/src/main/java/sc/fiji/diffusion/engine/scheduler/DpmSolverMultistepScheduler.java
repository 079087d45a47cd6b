package sc.fiji.diffusion.engine.scheduler;

import java.util.EnumSet;
import java.util.Set;

/**
 * DPM-Solver and DPM-Solver++ of first to third order, multistep: Lu et al. (2022), arXiv 2211.01095, Algorithm 2, and their
 * variants that add noise (SDE). diffusers' {@code DPMSolverMultistepScheduler}.
 */
final class DpmSolverMultistepScheduler extends LogSnrScheduler {

    private static final int HIGHEST_ORDER = 3;

    /**
     * Fields of diffusers' class.
     *
     * @param eulerAtFinal whether every run ends with a step of first order
     * @param useLuLambdas whether sigmas have equal steps of the logarithm, and whole timesteps
     * @param lambdaMinClipped timesteps at which {@code log(alpha / sigma)} is below this are left out
     */
    record Settings(
            SolverSettings common,
            DpmSolver solver,
            FinalSigma finalSigma,
            boolean eulerAtFinal,
            boolean useLuLambdas,
            double lambdaMinClipped)
            implements SchedulerSettings.WithBetas {

        static Settings read(ConfigFields fields) {
            refuseLearnedVariances(fields);
            SolverSettings common = SolverSettings.read(
                    fields, TrainingNoise.readRescalable(fields, TrainingNoise.Defaults.DDPM), true, HIGHEST_ORDER);
            common.requireFlowByTimestep(fields);
            DpmSolver solver = DpmSolver.read(fields, Set.copyOf(EnumSet.allOf(DpmSolver.Algorithm.class)));
            FinalSigma finalSigma = FinalSigma.read(fields);
            solver.requireEndOf(finalSigma, fields);
            if (solver.algorithm() == DpmSolver.Algorithm.SDE_DPM_SOLVER && common.solverOrder() == HIGHEST_ORDER) {
                throw fields.wrong("solver_order", "1 or 2 where algorithm_type is sde-dpmsolver", HIGHEST_ORDER);
            }
            // Karras's sigmas go before those of Lu.
            boolean lu = fields.flag("use_lu_lambdas", false)
                    && common.sigmaSpacing().kind() != SigmaSpacing.Kind.KARRAS;
            if (lu && common.useFlowSigmas()) {
                throw fields.wrong("use_lu_lambdas", "false where use_flow_sigmas is true", true);
            }
            double clipped = fields.number("lambda_min_clipped", Double.NEGATIVE_INFINITY, 0, Double.NEGATIVE_INFINITY);
            if (common.spacing() == TimestepSpacing.TRAILING && Double.isFinite(clipped)) {
                throw fields.wrong("lambda_min_clipped", "-Infinity where timestep_spacing is trailing", clipped);
            }
            return new Settings(common, solver, finalSigma, fields.flag("euler_at_final", false), lu, clipped);
        }

        /** Another class's words for fixed variances mean nothing here. */
        static void refuseLearnedVariances(ConfigFields fields) {
            String variance = fields.text("variance_type", "fixed");
            if (variance.startsWith("learned")) {
                throw fields.wrong("variance_type", "null (learned variances are not supported)", variance);
            }
        }

        @Override
        public TrainingNoise trainingNoise() {
            return common.trainingNoise();
        }

        @Override
        public Scheduler create(int steps) {
            float[] trained = common.trainingSigmas();
            return new DpmSolverMultistepScheduler(
                    this, schedule(steps, trained).ending(finalSigma.of(trained)));
        }

        private SigmaSchedule schedule(int steps, float[] trained) {
            boolean rounds = trainingNoise().betaSchedule() != BetaSchedule.SQUAREDCOS_CAP_V2;
            if (useLuLambdas) {
                double[] sigmas = SigmaSpacing.spaced(
                        SigmaSpacing.Kind.EXPONENTIAL, trained[trained.length - 1], trained[0], 1, steps);
                double[] timesteps = Sigmas.toTimesteps(sigmas, trained);
                int[] whole = rounds ? Timesteps.rounded(timesteps) : Timesteps.truncated(timesteps);
                return new SigmaSchedule(Timesteps.whole(whole, steps), sigmas);
            }
            int unclipped = LambdaClipping.timestepsLeft(trained, lambdaMinClipped);
            return common.schedule(steps, common.spacedTimesteps(steps, unclipped), rounds);
        }
    }

    private final Settings settings;
    private final NoiseProcess process;
    private final MultistepOrder orders;

    private DpmSolverMultistepScheduler(Settings settings, SigmaSchedule schedule) {
        super(schedule, settings.common().process(), settings.common().solverOrder());
        this.settings = settings;
        this.process = settings.common().process();
        this.orders = new MultistepOrder(
                settings.common().solverOrder(),
                schedule.timesteps().length,
                settings.common().lowerOrderFinal(),
                settings.eulerAtFinal() || settings.finalSigma() == FinalSigma.ZERO);
    }

    @Override
    float[] next(float[] modelOutput, int index, float[] sample, NoiseSource noise) {
        SolverSettings common = settings.common();
        remember(settings.solver()
                .converted(common.predictionType(), common.bound(), modelOutput, sample, alpha(index), noise(index)));
        DpmMultistep step = new DpmMultistep(settings.solver(), process, index, this::sigma);
        return step.next(orders.at(index, taken()), sample, outputs(), noise);
    }
}
