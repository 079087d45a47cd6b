package sc.fiji.diffusion.pixels;

/**
 * Values from one to another.
 *
 * @param min finite
 * @param max finite, above {@code min}
 */
record Interval(double min, double max) {

    Interval {
        if (!isInterval(min, max)) {
            throw new IllegalArgumentException("interval: expected min below max, found " + min + " to " + max);
        }
    }

    static boolean isInterval(double min, double max) {
        return min < max && Double.isFinite(max - min);
    }

    double clamp(double value) {
        return Math.min(max, Math.max(min, value));
    }

    /** Where a value lies, from 0 to 1; beyond the ends, and for infinities, the nearest end; for NaN 0. */
    double fractionOf(double value) {
        double fraction = (value - min) / (max - min);
        return fraction > 0 ? Math.min(1, fraction) : 0;
    }

    double valueAt(double fraction) {
        return min + fraction * (max - min);
    }
}
