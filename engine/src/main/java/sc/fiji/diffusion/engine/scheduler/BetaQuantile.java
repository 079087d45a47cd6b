package sc.fiji.diffusion.engine.scheduler;

/**
 * The quantiles of a beta distribution whose two parameters are equal: the inverse of the regularized incomplete beta
 * function. Below one half, the function is {@code x^a * sum((1 - a)_n / n! * x^n / (a + n)) / B(a, a)} (NIST DLMF 8.17.7);
 * above, one minus its mirror image.
 */
final class BetaQuantile {

    /** Halvings of an interval: as many as doubles have digits, and some. */
    private static final int HALVINGS = 100;

    private static final double SMALLEST_TERM = 1e-18;

    private final double parameter;
    /** Of the beta function; half of it lies below one half. */
    private final double total;

    /** @param parameter above 0 */
    BetaQuantile(double parameter) {
        this.parameter = parameter;
        this.total = 2 * incomplete(0.5);
    }

    /** Where the distribution function reaches a probability of 0 to 1. */
    double at(double probability) {
        return probability <= 0.5 ? lower(probability) : 1 - lower(1 - probability);
    }

    private double lower(double probability) {
        double low = 0;
        double high = 0.5;
        for (int i = 0; i < HALVINGS; i++) {
            double middle = (low + high) / 2;
            if (incomplete(middle) < probability * total) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high < Double.MIN_NORMAL || probability == 0 ? 0 : high;
    }

    /** Not regularized; for 0 to one half, where the series converges fast. */
    private double incomplete(double x) {
        double factor = 1;
        double sum = 1 / parameter;
        for (int n = 1; factor > SMALLEST_TERM; n++) {
            factor *= (n - parameter) / n * x;
            sum += factor / (parameter + n);
        }
        return Math.pow(x, parameter) * sum;
    }
}
