package sc.fiji.diffusion.engine.scheduler;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * UniPC, Zhao et al. (2023), arXiv 2302.04867, Algorithms 5 to 8: each step is predicted from the last answers of the model,
 * and corrected when the next answer is there, without another call. diffusers' {@code UniPCMultistepScheduler}.
 */
final class UniPcMultistepScheduler extends LogSnrScheduler {

    private static final int HIGHEST_ORDER = 6;

    /** How near to pure noise a flow may begin, where its logarithm is still a number. */
    private static final double FLOW_MARGIN = 1e-6;

    /**
     * Fields of diffusers' class.
     *
     * @param predictX0 whether the predicted clean sample is integrated rather than the noise
     * @param uncorrected the steps that are not corrected
     * @param shiftTerminal what the last sigma of a flow becomes; 0 if it stays
     */
    record Settings(
            SolverSettings common,
            UniPc.Scale scale,
            boolean predictX0,
            Set<Integer> uncorrected,
            FinalSigma finalSigma,
            double shiftTerminal)
            implements SchedulerSettings.WithBetas {

        static Settings read(ConfigFields fields) {
            fields.mustNotBeGiven("solver_p");
            SolverSettings common = SolverSettings.read(
                    fields, TrainingNoise.readRescalable(fields, TrainingNoise.Defaults.DDPM), true, HIGHEST_ORDER);
            if (common.sigmaSpacing().kind() != SigmaSpacing.Kind.KARRAS) {
                common.requireFlowByTimestep(fields);
            }
            double terminal = fields.number("shift_terminal", 0, Math.nextDown(1.0), 0);
            if (terminal > 0 && !common.useFlowSigmas()) {
                throw fields.wrong("shift_terminal", "null where use_flow_sigmas is false", terminal);
            }
            Settings settings = new Settings(
                    common,
                    UniPc.Scale.read(fields),
                    fields.flag("predict_x0", true),
                    fields.numbers("disable_corrector", 0, Integer.MAX_VALUE).stream()
                            .map(Double::intValue)
                            .collect(Collectors.toCollection(TreeSet::new)),
                    FinalSigma.read(fields),
                    terminal);
            settings.requireNumbers(fields);
            return settings;
        }

        /** Refuses what would divide by zero where no noise is left, or has no formula. */
        private void requireNumbers(ConfigFields fields) {
            boolean endless = finalSigma == FinalSigma.ZERO;
            if (endless && !predictX0) {
                throw fields.wrong("final_sigmas_type", "sigma_min where predict_x0 is false", "zero");
            }
            if (endless && !common.lowerOrderFinal() && common.solverOrder() > 1) {
                throw fields.wrong("lower_order_final", "true where final_sigmas_type is zero", false);
            }
            if (!predictX0 && common.predictionType() == PredictionType.FLOW_PREDICTION) {
                throw fields.wrong("predict_x0", "true where prediction_type is flow_prediction", false);
            }
        }

        @Override
        public TrainingNoise trainingNoise() {
            return common.trainingNoise();
        }

        @Override
        public Scheduler create(int steps) {
            SigmaSchedule schedule = schedule(steps);
            boolean byTimestep = common.sigmaSpacing().followsTimesteps() && !common.useFlowSigmas();
            double smallest = byTimestep ? common.trainingSigmas()[0] : schedule.sigmas()[steps - 1];
            return new UniPcMultistepScheduler(this, schedule.ending(finalSigma == FinalSigma.ZERO ? 0 : smallest));
        }

        private SigmaSchedule schedule(int steps) {
            if (!common.useFlowSigmas()) {
                return common.schedule(steps, common.spacedTimesteps(steps, numTrainTimesteps()), true);
            }
            double[] sigmas = common.sigmaSpacing().followsTimesteps() ? flowSigmas(steps) : karrasFlowSigmas(steps);
            return new SigmaSchedule(common.cutOff(sigmas), sigmas);
        }

        private double[] flowSigmas(int steps) {
            double[] even = TimestepSpacing.evenly(1, 1.0 / numTrainTimesteps(), steps + 1);
            double[] sigmas = new double[steps];
            for (int i = 0; i < steps; i++) {
                sigmas[i] = FlowShift.shifted(even[i], common.flowShift());
            }
            double[] stretched = shiftTerminal > 0 ? FlowShift.stretched(sigmas, shiftTerminal) : sigmas;
            if (Math.abs(stretched[0] - 1) < FLOW_MARGIN) {
                stretched[0] -= FLOW_MARGIN;
            }
            return stretched;
        }

        private double[] karrasFlowSigmas(int steps) {
            double[] sigmas = common.sigmaSpacing().respaced(Sigmas.falling(common.trainingSigmas()), steps);
            for (int i = 0; i < steps; i++) {
                sigmas[i] /= sigmas[i] + 1;
            }
            return sigmas;
        }
    }

    private final Settings settings;
    private final UniPc solver;
    private final int steps;

    /** Where the last step began, after its correction. */
    private float[] lastSample = {};

    private int lastOrder;

    private UniPcMultistepScheduler(Settings settings, SigmaSchedule schedule) {
        super(schedule, settings.common().process(), settings.common().solverOrder());
        this.settings = settings;
        this.steps = schedule.timesteps().length;
        this.solver = new UniPc(settings.scale(), settings.predictX0(), this::alpha, this::noise);
    }

    @Override
    float[] next(float[] modelOutput, int index, float[] sample, NoiseSource noise) {
        float[] converted = converted(modelOutput, index, sample);
        boolean corrects = taken() > 1 && !settings.uncorrected().contains(index - 1);
        float[] corrected =
                corrects ? solver.corrected(lastSample, outputs(), converted, index - 1, lastOrder) : sample.clone();
        remember(converted);
        SolverSettings common = settings.common();
        int most = common.lowerOrderFinal() ? Math.min(common.solverOrder(), steps - index) : common.solverOrder();
        lastOrder = Math.min(most, taken());
        lastSample = corrected;
        return solver.predicted(corrected, outputs(), index, lastOrder);
    }

    private float[] converted(float[] modelOutput, int index, float[] sample) {
        PredictionType type = settings.common().predictionType();
        return settings.predictX0()
                ? settings.common().bound().hold(type.original(modelOutput, sample, alpha(index), noise(index)))
                : type.epsilon(modelOutput, sample, alpha(index), noise(index));
    }
}
