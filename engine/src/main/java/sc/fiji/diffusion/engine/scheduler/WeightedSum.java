package sc.fiji.diffusion.engine.scheduler;

import java.util.List;

/** Sums of arrays, element by element, each array with a weight of its own; computed in double precision. */
final class WeightedSum {

    private WeightedSum() {}

    static float[] of(double weightA, float[] a, double weightB, float[] b) {
        return of(new double[] {weightA, weightB}, List.of(a, b));
    }

    static float[] of(double weightA, float[] a, double weightB, float[] b, double weightC, float[] c) {
        return of(new double[] {weightA, weightB, weightC}, List.of(a, b, c));
    }

    static float[] scaled(double weight, float[] a) {
        return of(new double[] {weight}, List.of(a));
    }

    /** @param arrays as many as there are weights, all of one length */
    static float[] of(double[] weights, List<float[]> arrays) {
        double[] sum = new double[arrays.get(0).length];
        for (int k = 0; k < weights.length; k++) {
            float[] values = arrays.get(k);
            requireSameLength(arrays.get(0), values);
            for (int i = 0; i < sum.length; i++) {
                sum[i] += weights[k] * values[i];
            }
        }
        float[] rounded = new float[sum.length];
        for (int i = 0; i < rounded.length; i++) {
            rounded[i] = (float) sum[i];
        }
        return rounded;
    }

    static void requireSameLength(float[] a, float[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException("expected arrays of one length, found " + a.length + " and " + b.length);
        }
    }
}
