package sc.fiji.diffusion.engine.scheduler;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * DPM-Solver and DPM-Solver++ of first to third order, singlestep: Lu et al. (2022), arXiv 2211.01095, Algorithm 1. Two or
 * three calls of the model make one step of second or third order, which begins anew where the first of them began; each
 * call counts as a step. diffusers' {@code DPMSolverSinglestepScheduler}.
 */
final class DpmSolverSinglestepScheduler extends LogSnrScheduler {

    private static final int HIGHEST_ORDER = 3;

    private static final Set<DpmSolver.Algorithm> ALGORITHMS =
            Set.copyOf(EnumSet.complementOf(EnumSet.of(DpmSolver.Algorithm.SDE_DPM_SOLVER)));

    /**
     * Fields of diffusers' class.
     *
     * @param lambdaMinClipped timesteps at which {@code log(alpha / sigma)} is below this are left out
     */
    record Settings(SolverSettings common, DpmSolver solver, FinalSigma finalSigma, double lambdaMinClipped)
            implements SchedulerSettings.WithBetas {

        static Settings read(ConfigFields fields) {
            DpmSolverMultistepScheduler.Settings.refuseLearnedVariances(fields);
            SolverSettings common = SolverSettings.read(
                            fields, TrainingNoise.read(fields, TrainingNoise.Defaults.DDPM), false, HIGHEST_ORDER)
                    .evenlySpaced();
            common.requireFlowByTimestep(fields);
            DpmSolver solver = DpmSolver.read(fields, ALGORITHMS);
            FinalSigma finalSigma = FinalSigma.read(fields);
            solver.requireEndOf(finalSigma, fields);
            if (!solver.algorithm().predictsOriginal() && !(common.bound() instanceof SampleBound.Free)) {
                throw fields.wrong("thresholding", "false where algorithm_type is dpmsolver", true);
            }
            double clipped = fields.number("lambda_min_clipped", Double.NEGATIVE_INFINITY, 0, Double.NEGATIVE_INFINITY);
            return new Settings(common, solver, finalSigma, clipped);
        }

        @Override
        public TrainingNoise trainingNoise() {
            return common.trainingNoise();
        }

        @Override
        public Scheduler create(int steps) {
            float[] trained = common.trainingSigmas();
            int unclipped = LambdaClipping.timestepsLeft(trained, lambdaMinClipped);
            SigmaSchedule schedule = common.schedule(steps, common.spacedTimesteps(steps, unclipped), true);
            return new DpmSolverSinglestepScheduler(this, schedule.ending(finalSigma.of(trained)));
        }
    }

    private final Settings settings;
    private final NoiseProcess process;
    private final SinglestepOrders orders;
    /** Where the step under way began. */
    private float[] begun = {};

    private DpmSolverSinglestepScheduler(Settings settings, SigmaSchedule schedule) {
        super(schedule, settings.common().process(), settings.common().solverOrder());
        this.settings = settings;
        this.process = settings.common().process();
        this.orders = SinglestepOrders.of(
                settings.common().solverOrder(),
                schedule.timesteps().length,
                settings.common().lowerOrderFinal(),
                settings.finalSigma() == FinalSigma.ZERO);
    }

    @Override
    float[] next(float[] modelOutput, int index, float[] sample, NoiseSource noise) {
        SolverSettings common = settings.common();
        remember(settings.solver()
                .converted(common.predictionType(), common.bound(), modelOutput, sample, alpha(index), noise(index)));
        // A run can begin in the middle of a step.
        int order = Math.min(orders.at(index), taken());
        if (order == 1) {
            begun = sample.clone();
        }
        int first = index - order + 1;
        DpmSolver.Weights weights = settings.solver().weights(process, sigma(first), sigma(index + 1));
        double[] ofOutputs =
                switch (order) {
                    case 1 -> new double[] {weights.constant()};
                    case 2 -> secondOrder(weights, index);
                    default -> thirdOrder(weights, index);
                };
        List<float[]> newestFirst = outputs();
        float[] next = WeightedSum.of(1, WeightedSum.of(ofOutputs, newestFirst), weights.kept(), begun);
        return settings.solver().algorithm().addsNoise()
                ? WeightedSum.of(1, next, weights.fresh(), noise.next(sample.length))
                : next;
    }

    private boolean isMidpoint() {
        return settings.solver().method() == DpmSolver.Method.MIDPOINT;
    }

    private double[] secondOrder(DpmSolver.Weights weights, int index) {
        double slope = isMidpoint() ? weights.constant() / 2 : weights.slope();
        double start = logSnr(index - 1);
        double ratio = (logSnr(index + 1) - start) / (logSnr(index) - start);
        return new double[] {slope * ratio, weights.constant() - slope * ratio};
    }

    private double[] thirdOrder(DpmSolver.Weights weights, int index) {
        double start = logSnr(index - 2);
        double step = logSnr(index + 1) - start;
        double later = logSnr(index) - start;
        double earlier = logSnr(index - 1) - start;
        // Of the differences between the later and the earlier call and the first.
        double toLater = weights.slope();
        double toEarlier = 0;
        if (!isMidpoint()) {
            double curvature = 2 * step * weights.curvature();
            toLater = (curvature - weights.slope() * earlier) / (later - earlier);
            toEarlier = (weights.slope() * later - curvature) / (later - earlier);
        }
        toLater *= step / later;
        toEarlier *= step / earlier;
        return new double[] {toLater, toEarlier, weights.constant() - toLater - toEarlier};
    }
}
