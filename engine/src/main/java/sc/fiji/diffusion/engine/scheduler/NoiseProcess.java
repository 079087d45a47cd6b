package sc.fiji.diffusion.engine.scheduler;

/** What a sample with noise is: {@code alpha(sigma) * clean + noise(sigma) * standard normal noise}. */
enum NoiseProcess {
    /** {@code alpha^2 + noise^2 = 1} and {@code sigma = noise / alpha}: Stable Diffusion's. */
    VARIANCE_PRESERVING,
    /** The clean sample stays as it is: that of Karras et al. (2022). */
    VARIANCE_EXPLODING,
    /** {@code alpha + noise = 1}: rectified flow's. */
    FLOW;

    double alpha(double sigma) {
        return switch (this) {
            case VARIANCE_PRESERVING -> 1 / Math.sqrt(sigma * sigma + 1);
            case VARIANCE_EXPLODING -> 1;
            case FLOW -> 1 - sigma;
        };
    }

    double noise(double sigma) {
        return this == VARIANCE_PRESERVING ? sigma * alpha(sigma) : sigma;
    }

    /** In whose steps these schedulers reckon: the logarithm of alpha over noise; infinite where no noise is left. */
    double logSnr(double sigma) {
        return Math.log(alpha(sigma)) - Math.log(noise(sigma));
    }

    float[] addNoise(float[] original, float[] noise, double sigma) {
        return WeightedSum.of(alpha(sigma), original, noise(sigma), noise);
    }
}
