package sc.fiji.diffusion.engine.scheduler;

import java.util.Arrays;

/** What a predicted clean sample is held to: pixels have a range, latents hardly. */
sealed interface SampleBound {

    /** @return the same array if nothing changes */
    float[] hold(float[] original);

    /** For the classes that know {@code thresholding} and {@code clip_sample}; the first goes before the second. */
    static SampleBound read(ConfigFields fields, boolean clipsByDefault) {
        SampleBound thresholded = readThresholding(fields);
        SampleBound clipped = readClipping(fields, clipsByDefault);
        return thresholded instanceof Thresholded ? thresholded : clipped;
    }

    static SampleBound readClipping(ConfigFields fields, boolean clipsByDefault) {
        double range = fields.number("clip_sample_range", 0, Float.MAX_VALUE, 1);
        return fields.flag("clip_sample", clipsByDefault) ? new Clipped((float) range) : new Free();
    }

    static SampleBound readThresholding(ConfigFields fields) {
        double ratio = fields.number("dynamic_thresholding_ratio", 0, 1, 0.995);
        double most = fields.number("sample_max_value", Float.MIN_NORMAL, Float.MAX_VALUE, 1);
        return fields.flag("thresholding", false) ? new Thresholded(ratio, (float) most) : new Free();
    }

    /** To nothing. */
    record Free() implements SampleBound {

        @Override
        public float[] hold(float[] original) {
            return original;
        }
    }

    /**
     * To a range around 0.
     *
     * @param range its end
     */
    record Clipped(float range) implements SampleBound {

        @Override
        public float[] hold(float[] original) {
            return clipped(original, range, 1);
        }
    }

    /**
     * To -1 to 1, after a division that brings most values there: dynamic thresholding, Saharia et al. (2022), arXiv
     * 2205.11487. The one bound for which an array must be one image.
     *
     * @param ratio the share of values that stay within
     * @param most the largest divisor
     */
    record Thresholded(double ratio, float most) implements SampleBound {

        @Override
        public float[] hold(float[] original) {
            float end = Math.min(Math.max(quantile(original), 1), most);
            return clipped(original, end, end);
        }

        /** Of the absolute values, in a straight line between the two that are nearest, as torch.quantile. */
        private float quantile(float[] original) {
            float[] sorted = new float[original.length];
            for (int i = 0; i < sorted.length; i++) {
                sorted[i] = Math.abs(original[i]);
            }
            Arrays.sort(sorted);
            float rank = (float) ratio * (sorted.length - 1);
            int low = (int) rank;
            int high = Math.min(low + 1, sorted.length - 1);
            return sorted[low] + (rank - low) * (sorted[high] - sorted[low]);
        }
    }

    private static float[] clipped(float[] values, float range, float divisor) {
        float[] clipped = new float[values.length];
        for (int i = 0; i < clipped.length; i++) {
            clipped[i] = Math.max(-range, Math.min(values[i], range)) / divisor;
        }
        return clipped;
    }
}
