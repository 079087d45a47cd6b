package sc.fiji.diffusion.engine.scheduler;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * The formulas of UniPC, Zhao et al. (2023), arXiv 2302.04867: differences between the last answers of the model are weighed
 * so that the step is exact for polynomials, in the logarithm of the signal to noise ratio.
 *
 * @param scale by which differences are scaled
 * @param predictX0 whether the answers are clean samples rather than noise
 * @param alpha of the clean sample, at an index
 * @param noise of the noise, at an index
 */
record UniPc(Scale scale, boolean predictX0, IntToDoubleFunction alpha, IntToDoubleFunction noise) {

    /** The paper's B(h). */
    enum Scale implements ConfigFields.Word {
        /** {@code h}. */
        BH1,
        /** {@code e^h - 1}. */
        BH2;

        /** Another class's words stand for the default, as in diffusers. */
        static Scale read(ConfigFields fields) {
            return switch (fields.text("solver_type", "bh2")) {
                case "midpoint", "heun", "logrho" -> BH2;
                default -> fields.word("solver_type", Scale.class, BH2);
            };
        }

        double of(double step) {
            return this == BH1 ? step : Math.expm1(step);
        }
    }

    /** UniP: the sample after the step that begins at an index. */
    float[] predicted(float[] sample, List<float[]> newestFirst, int index, int order) {
        double[] ratios = ratios(index, order);
        double[] weights = {};
        if (order == 2) {
            weights = new double[] {0.5};
        } else if (order > 2) {
            weights = LinearSystem.solve(powers(ratios, order - 1), moments(index, order - 1));
        }
        return step(sample, newestFirst, index, ratios, weights);
    }

    /** UniC: the same step once more, with the answer at its end. */
    float[] corrected(float[] sample, List<float[]> newestFirst, float[] atTheEnd, int index, int order) {
        double[] ratios = ratios(index, order);
        double[] weights =
                order == 1 ? new double[] {0.5} : LinearSystem.solve(powers(ratios, order), moments(index, order));
        List<float[]> outputs = new ArrayList<>(newestFirst.subList(0, order));
        outputs.add(atTheEnd);
        return step(sample, outputs, index, ratios, weights);
    }

    /** @param weights of the differences to the first of the outputs, as many as there are others */
    private float[] step(float[] sample, List<float[]> outputs, int index, double[] ratios, double... weights) {
        double target = predictX0 ? alpha.applyAsDouble(index + 1) : noise.applyAsDouble(index + 1);
        IntToDoubleFunction other = predictX0 ? noise : alpha;
        double signed = signedStep(index);
        double[] ofOutputs = new double[1 + weights.length];
        ofOutputs[0] = -target * Math.expm1(signed);
        for (int k = 0; k < weights.length; k++) {
            double weight = -target * scale.of(signed) * weights[k] / ratios[k];
            ofOutputs[k + 1] = weight;
            ofOutputs[0] -= weight;
        }
        double kept = other.applyAsDouble(index + 1) / other.applyAsDouble(index);
        return WeightedSum.of(1, WeightedSum.of(ofOutputs, outputs), kept, sample);
    }

    private double logSnr(int index) {
        return Math.log(alpha.applyAsDouble(index)) - Math.log(noise.applyAsDouble(index));
    }

    /** Infinite if no noise is to be left. */
    private double signedStep(int index) {
        double step = logSnr(index + 1) - logSnr(index);
        return predictX0 ? -step : step;
    }

    /** Where the earlier answers lie, and the end of the step, which is at 1. */
    private double[] ratios(int index, int order) {
        double step = logSnr(index + 1) - logSnr(index);
        double[] ratios = new double[order];
        for (int age = 1; age < order; age++) {
            ratios[age - 1] = (logSnr(index - age) - logSnr(index)) / step;
        }
        ratios[order - 1] = 1;
        return ratios;
    }

    private static double[][] powers(double[] ratios, int size) {
        double[][] powers = new double[size][size];
        for (int power = 0; power < size; power++) {
            for (int k = 0; k < size; k++) {
                powers[power][k] = Math.pow(ratios[k], power);
            }
        }
        return powers;
    }

    /** The paper's phi functions, times factorials, over B(h). */
    private double[] moments(int index, int size) {
        double signed = signedStep(index);
        double phi = Math.expm1(signed) / signed - 1;
        double factorial = 1;
        double[] moments = new double[size];
        for (int k = 0; k < size; k++) {
            moments[k] = phi * factorial / scale.of(signed);
            factorial *= k + 2;
            phi = phi / signed - 1 / factorial;
        }
        return moments;
    }
}
