package sc.fiji.diffusion.engine.scheduler;

import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * One step of a multistep DPM-Solver: derivatives come from what the model said at the steps before.
 *
 * @param index of the step
 * @param sigmas of the run
 */
record DpmMultistep(DpmSolver solver, NoiseProcess process, int index, IntToDoubleFunction sigmas) {

    /** @param outputs what is integrated, newest first */
    float[] next(int order, float[] sample, List<float[]> outputs, NoiseSource noise) {
        DpmSolver.Weights weights =
                solver.weights(process, sigmas.applyAsDouble(index), sigmas.applyAsDouble(index + 1));
        double[] ofOutputs =
                switch (order) {
                    case 1 -> new double[] {weights.constant()};
                    case 2 -> secondOrder(weights);
                    default -> thirdOrder(weights);
                };
        float[] next = WeightedSum.of(1, WeightedSum.of(ofOutputs, outputs), weights.kept(), sample);
        return solver.algorithm().addsNoise()
                ? WeightedSum.of(1, next, weights.fresh(), noise.next(sample.length))
                : next;
    }

    private double[] secondOrder(DpmSolver.Weights weights) {
        double slope = solver.method() == DpmSolver.Method.MIDPOINT ? weights.constant() / 2 : weights.slope();
        double ratio = length(index) / length(index - 1);
        return new double[] {weights.constant() + slope * ratio, -slope * ratio};
    }

    /** The derivatives of the parabola through the last three. */
    private double[] thirdOrder(DpmSolver.Weights weights) {
        double step = length(index);
        double before = length(index - 1);
        double longBefore = length(index - 2);
        double newer = step / before;
        double older = step / longBefore;
        double toSlope = before / (before + longBefore);
        double toCurvature = step / (before + longBefore);
        // Of the newer and the older difference.
        double first = weights.slope() * (1 + toSlope) + weights.curvature() * toCurvature;
        double second = -weights.slope() * toSlope - weights.curvature() * toCurvature;
        return new double[] {weights.constant() + first * newer, -first * newer + second * older, -second * older};
    }

    /** Of a step, in the logarithm of the signal to noise ratio. */
    private double length(int step) {
        return process.logSnr(sigmas.applyAsDouble(step + 1)) - process.logSnr(sigmas.applyAsDouble(step));
    }
}
