package sc.fiji.diffusion.engine.pipeline;

import java.util.Optional;
import sc.fiji.diffusion.engine.network.LatentScaling;
import sc.fiji.diffusion.engine.scheduler.NoiseSource;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * What the VAE's encoder makes of a picture: a normal distribution for every latent (Kingma and Welling 2013).
 *
 * @param mean {@code [1, latent channels, h, w]}, unscaled
 * @param deviation standard deviations, in the same shape; none where the encoder knows its latents exactly
 * @param scaling to what the UNet sees
 */
record LatentDistribution(Tensor mean, Optional<Tensor> deviation, LatentScaling scaling) {

    private static final float LEAST_LOG_VARIANCE = -30;
    private static final float MOST_LOG_VARIANCE = 20;

    /** Of exact latents {@code [1, latent channels, h, w]}. */
    static LatentDistribution exactly(Tensor latents, LatentScaling scaling) {
        return new LatentDistribution(latents, Optional.empty(), scaling);
    }

    /** Of the encoder's means and logarithms of variances, {@code [1, 2·latent channels, h, w]}. */
    static LatentDistribution of(Tensor parameters, LatentScaling scaling) {
        int half = parameters.values().length / 2;
        float[] mean = new float[half];
        float[] deviation = new float[half];
        System.arraycopy(parameters.values(), 0, mean, 0, half);
        for (int i = 0; i < half; i++) {
            float logVariance =
                    Math.max(LEAST_LOG_VARIANCE, Math.min(parameters.values()[half + i], MOST_LOG_VARIANCE));
            deviation[i] = (float) Math.exp(0.5 * logVariance);
        }
        int[] shape = parameters.shape().clone();
        shape[1] /= 2;
        return new LatentDistribution(new Tensor(shape, mean), Optional.of(new Tensor(shape, deviation)), scaling);
    }

    /** Latents drawn from it, as the UNet sees them; takes one draw of the latents' size from the noise if there is a choice. */
    Tensor sample(NoiseSource noise) {
        if (deviation.isEmpty()) {
            return scaling.toUnet(mean);
        }
        float[] deviations = deviation.get().values();
        float[] values = noise.next(mean.values().length);
        for (int i = 0; i < values.length; i++) {
            values[i] = mean.values()[i] + deviations[i] * values[i];
        }
        return scaling.toUnet(new Tensor(mean.shape(), values));
    }
}
