package sc.fiji.diffusion.engine.scheduler;

/**
 * Sigmas of a rectified flow, moved: Esser et al. (2024), arXiv 2403.03206, formula (23). The larger an image, the more
 * noise it takes to hide it.
 */
final class FlowShift {

    private FlowShift() {}

    /** Towards noise if the shift is above 1. */
    static double shifted(double sigma, double shift) {
        return shift * sigma / (1 + (shift - 1) * sigma);
    }

    /** Stretched so that the last of these sigmas becomes {@code terminal}, and 1 stays; 1 alone stays too. */
    static double[] stretched(double[] sigmas, double terminal) {
        if (sigmas[sigmas.length - 1] == 1) {
            return sigmas;
        }
        double factor = (1 - sigmas[sigmas.length - 1]) / (1 - terminal);
        double[] stretched = new double[sigmas.length];
        for (int i = 0; i < stretched.length; i++) {
            stretched[i] = 1 - (1 - sigmas[i]) / factor;
        }
        return stretched;
    }
}
