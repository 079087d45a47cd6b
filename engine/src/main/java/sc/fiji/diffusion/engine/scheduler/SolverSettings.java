package sc.fiji.diffusion.engine.scheduler;

import java.util.EnumSet;
import java.util.Set;

/**
 * Fields that {@code DPMSolverMultistepScheduler}, {@code DPMSolverSinglestepScheduler}, {@code DEISMultistepScheduler} and
 * {@code UniPCMultistepScheduler} share.
 *
 * @param stepsOffset what is added to the timesteps with leading spacing
 * @param bound what a predicted clean sample is held to
 * @param useFlowSigmas whether the model was trained on rectified flows
 * @param flowShift how far the sigmas of a flow are moved towards noise
 * @param lowerOrderFinal whether short runs end with steps of lower order
 */
record SolverSettings(
        TrainingNoise trainingNoise,
        PredictionType predictionType,
        TimestepSpacing spacing,
        int stepsOffset,
        SigmaSpacing sigmaSpacing,
        SampleBound bound,
        boolean useFlowSigmas,
        double flowShift,
        int solverOrder,
        boolean lowerOrderFinal) {

    static SolverSettings read(
            ConfigFields fields, TrainingNoise trainingNoise, boolean lowerOrderFinal, int highestOrder) {
        fields.mustNotBeSet("use_dynamic_shifting");
        boolean flow = fields.flag("use_flow_sigmas", false);
        Set<PredictionType> known = flow ? Set.copyOf(EnumSet.allOf(PredictionType.class)) : PredictionType.USUAL;
        return new SolverSettings(
                trainingNoise,
                PredictionType.read(fields, known),
                TimestepSpacing.read(fields, TimestepSpacing.LINSPACE),
                TimestepSpacing.readOffset(fields),
                SigmaSpacing.read(fields),
                SampleBound.readThresholding(fields),
                flow,
                fields.number("flow_shift", Double.MIN_NORMAL, Float.MAX_VALUE, 1),
                fields.integer("solver_order", 1, highestOrder, 2),
                fields.flag("lower_order_final", lowerOrderFinal));
    }

    /** For the class that knows no other spacing. */
    SolverSettings evenlySpaced() {
        return new SolverSettings(
                trainingNoise,
                predictionType,
                TimestepSpacing.LINSPACE,
                0,
                sigmaSpacing,
                bound,
                useFlowSigmas,
                flowShift,
                solverOrder,
                lowerOrderFinal);
    }

    /** Refuses sigmas that would be respaced as if they were no flow's. */
    void requireFlowByTimestep(ConfigFields fields) {
        if (useFlowSigmas && !sigmaSpacing.followsTimesteps()) {
            throw fields.wrong(
                    "use_flow_sigmas", "false where " + sigmaSpacing.kind().field() + " is true", true);
        }
    }

    NoiseProcess process() {
        return useFlowSigmas ? NoiseProcess.FLOW : NoiseProcess.VARIANCE_PRESERVING;
    }

    float[] trainingSigmas() {
        return Sigmas.ofTraining(trainingNoise.alphasCumprodAboveZero());
    }

    /** One timestep more than steps is spaced, and the last left out; not so with trailing spacing. */
    double[] spacedTimesteps(int steps, int numTrainTimesteps) {
        if (spacing == TimestepSpacing.TRAILING) {
            return spacing.timesteps(steps, numTrainTimesteps, 0);
        }
        double[] spaced = spacing.timesteps(steps + 1, numTrainTimesteps, stepsOffset);
        return Timesteps.whole(Timesteps.rounded(spaced), steps);
    }

    /**
     * Timesteps are whole numbers; without the sigma that the last step leads to.
     *
     * @param roundsKarras whether timesteps of Karras's sigmas are rounded rather than cut off
     */
    SigmaSchedule schedule(int steps, double[] spaced, boolean roundsKarras) {
        float[] trained = trainingSigmas();
        if (useFlowSigmas) {
            double[] sigmas = flowSigmas(steps);
            return new SigmaSchedule(cutOff(sigmas), sigmas);
        }
        if (sigmaSpacing.followsTimesteps()) {
            return new SigmaSchedule(spaced, Sigmas.interpolated(spaced, trained));
        }
        double[] running = sigmaSpacing.respaced(Sigmas.falling(trained), steps);
        double[] timesteps = Sigmas.toTimesteps(running, trained);
        boolean rounds = roundsKarras && sigmaSpacing.kind() == SigmaSpacing.Kind.KARRAS;
        int[] whole = rounds ? Timesteps.rounded(timesteps) : Timesteps.truncated(timesteps);
        return new SigmaSchedule(Timesteps.whole(whole, steps), running);
    }

    /** The timesteps of a flow's sigmas. */
    double[] cutOff(double[] sigmas) {
        double[] timesteps = new double[sigmas.length];
        for (int i = 0; i < timesteps.length; i++) {
            timesteps[i] = (int) (sigmas[i] * trainingNoise.numTrainTimesteps());
        }
        return timesteps;
    }

    private double[] flowSigmas(int steps) {
        double[] rising = TimestepSpacing.evenly(1, 1.0 / trainingNoise.numTrainTimesteps(), steps + 1);
        double[] sigmas = new double[steps];
        for (int i = 0; i < steps; i++) {
            sigmas[i] = FlowShift.shifted(1 - rising[steps - i], flowShift);
        }
        return sigmas;
    }
}
