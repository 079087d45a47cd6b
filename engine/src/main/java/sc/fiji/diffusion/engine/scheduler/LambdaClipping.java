package sc.fiji.diffusion.engine.scheduler;

/** Leaves out the noisiest timesteps, where a cosine schedule leaves nearly nothing of the clean sample. */
final class LambdaClipping {

    private LambdaClipping() {}

    /** How many timesteps of the training have {@code log(alpha / sigma)} of at least a bound; 1 or more. */
    static int timestepsLeft(float[] trainingSigmas, double lambdaMinClipped) {
        int left = 0;
        for (float sigma : trainingSigmas) {
            if (-Math.log(sigma) >= lambdaMinClipped) {
                left++;
            }
        }
        return Math.max(1, left);
    }
}
