package sc.fiji.diffusion.engine.scheduler;

import java.util.Objects;

/**
 * DPM-Solver++ of first to third order, multistep (Lu et al. 2022, arXiv 2211.01095, Algorithm 2), for networks that are
 * preconditioned as in Karras et al. (2022). diffusers' {@code EDMDPMSolverMultistepScheduler}.
 */
final class EdmDpmSolverMultistepScheduler extends LogSnrScheduler {

    private static final int HIGHEST_ORDER = 3;

    /**
     * Fields of diffusers' class.
     *
     * @param bound what a predicted clean sample is held to
     * @param eulerAtFinal whether every run ends with a step of first order
     */
    record Settings(
            EdmPreconditioning preconditioning,
            SampleBound bound,
            DpmSolver solver,
            int solverOrder,
            boolean lowerOrderFinal,
            boolean eulerAtFinal)
            implements SchedulerSettings {

        static Settings read(ConfigFields fields) {
            DpmSolver solver = DpmSolver.read(fields, DpmSolver.Algorithm.PLUS_PLUS);
            int order = fields.integer("solver_order", 1, HIGHEST_ORDER, 2);
            if (order == HIGHEST_ORDER && solver.algorithm().addsNoise()) {
                throw fields.wrong("solver_order", "1 or 2 where algorithm_type is sde-dpmsolver++", order);
            }
            return new Settings(
                    EdmPreconditioning.read(fields),
                    SampleBound.readThresholding(fields),
                    solver,
                    order,
                    fields.flag("lower_order_final", true),
                    fields.flag("euler_at_final", false));
        }

        @Override
        public int numTrainTimesteps() {
            return preconditioning.numTrainTimesteps();
        }

        @Override
        public Scheduler create(int steps) {
            return new EdmDpmSolverMultistepScheduler(this, preconditioning.schedule(steps));
        }
    }

    private final Settings settings;
    private final int count;
    private final MultistepOrder orders;

    private EdmDpmSolverMultistepScheduler(Settings settings, SigmaSchedule schedule) {
        super(schedule, NoiseProcess.VARIANCE_EXPLODING, settings.solverOrder());
        this.settings = settings;
        this.count = schedule.timesteps().length;
        this.orders = new MultistepOrder(
                settings.solverOrder(),
                count,
                settings.lowerOrderFinal(),
                settings.eulerAtFinal() || settings.preconditioning().finalSigma() == FinalSigma.ZERO);
    }

    @Override
    public float initNoiseSigma() {
        return settings.preconditioning().initNoiseSigma();
    }

    @Override
    public float[] scaleModelInput(float[] sample, int index) {
        return settings.preconditioning().scaled(sample, sigma(Objects.checkIndex(index, count)));
    }

    @Override
    float[] next(float[] modelOutput, int index, float[] sample, NoiseSource noise) {
        remember(settings.bound().hold(settings.preconditioning().original(modelOutput, sample, sigma(index))));
        DpmMultistep step = new DpmMultistep(settings.solver(), NoiseProcess.VARIANCE_EXPLODING, index, this::sigma);
        return step.next(orders.at(index, taken()), sample, outputs(), noise);
    }
}
