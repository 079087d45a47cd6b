package sc.fiji.diffusion.engine.scheduler;

/** Functions by which exponential integrators weigh derivatives; their limits where they divide by zero. */
final class Exponential {

    /** Below it, the first terms of a series are nearer than differences of rounded numbers. */
    private static final double SMALL = 1e-3;

    private Exponential() {}

    /** {@code (e^x - 1) / x}; 1 at 0. */
    static double first(double x) {
        return x == 0 ? 1 : Math.expm1(x) / x;
    }

    /** {@code (e^x - 1 - x) / x^2}; one half at 0. */
    static double second(double x) {
        return Math.abs(x) < SMALL ? 0.5 + x / 6 + x * x / 24 : (Math.expm1(x) - x) / (x * x);
    }
}
