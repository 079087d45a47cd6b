package sc.fiji.diffusion.engine.scheduler;

/** Sums of arrays, element by element, each array with a weight of its own; computed in double precision. */
final class WeightedSum {

    private WeightedSum() {}

    static float[] of(double weightA, float[] a, double weightB, float[] b) {
        requireSameLength(a, b);
        float[] sum = new float[a.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = (float) (weightA * a[i] + weightB * b[i]);
        }
        return sum;
    }

    static float[] of(double weightA, float[] a, double weightB, float[] b, double weightC, float[] c) {
        requireSameLength(a, b);
        requireSameLength(a, c);
        float[] sum = new float[a.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = (float) (weightA * a[i] + weightB * b[i] + weightC * c[i]);
        }
        return sum;
    }

    static float[] scaled(double weight, float[] a) {
        float[] scaled = new float[a.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) (weight * a[i]);
        }
        return scaled;
    }

    static void requireSameLength(float[] a, float[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException("expected arrays of one length, found " + a.length + " and " + b.length);
        }
    }
}
