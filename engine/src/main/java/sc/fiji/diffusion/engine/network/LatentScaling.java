package sc.fiji.diffusion.engine.network;

import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntFunction;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.checkpoint.ConfigFile;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * How an autoencoder's latents and those that the UNet sees belong together: {@code unet = (vae - mean) · factor /
 * deviation}. As diffusers' pipelines have it, whose models know either one {@code shift_factor} or the mean and the
 * deviation of each channel (Playground 2.5).
 *
 * @param factor {@code scaling_factor}
 * @param means of the channels, or one for all
 * @param deviations above 0, as many
 */
public record LatentScaling(double factor, List<Double> means, List<Double> deviations) {

    private static final String MEANS = "latents_mean";
    private static final String DEVIATIONS = "latents_std";

    public LatentScaling {
        means = List.copyOf(means);
        deviations = List.copyOf(deviations);
    }

    static LatentScaling of(ConfigFile file, double usualFactor, int channels) {
        double factor = file.number("scaling_factor", usualFactor);
        if (!(factor > 0)) {
            throw new CheckpointException(file.path() + ": scaling_factor: expected a number above 0, found " + factor);
        }
        if (!file.has(MEANS) || !file.has(DEVIATIONS)) {
            return new LatentScaling(factor, List.of(file.number("shift_factor", 0)), List.of(1.0));
        }
        List<Double> deviations = numbers(file, DEVIATIONS, channels);
        if (deviations.stream().anyMatch(deviation -> !(deviation > 0))) {
            throw new CheckpointException(
                    file.path() + ": " + DEVIATIONS + ": expected numbers above 0, found " + deviations);
        }
        return new LatentScaling(factor, numbers(file, MEANS, channels), deviations);
    }

    private static List<Double> numbers(ConfigFile file, String field, int channels) {
        List<Double> numbers = file.numbers(field);
        if (numbers.size() != channels) {
            throw new CheckpointException(file.path() + ": " + field + ": expected a number for each of the " + channels
                    + " latent channels, found " + numbers.size());
        }
        return numbers;
    }

    /** The UNet's latents {@code [N, latent channels, h, w]} as the decoder takes them. */
    public Tensor toVae(Tensor latents) {
        return scaled(latents, channel -> {
            double mean = means.get(channel);
            double deviation = deviations.get(channel);
            return latent -> latent * deviation / factor + mean;
        });
    }

    /** The encoder's latents {@code [N, latent channels, h, w]} as the UNet takes them. */
    public Tensor toUnet(Tensor latents) {
        return scaled(latents, channel -> {
            double mean = means.get(channel);
            double deviation = deviations.get(channel);
            return latent -> (latent - mean) * factor / deviation;
        });
    }

    private Tensor scaled(Tensor latents, IntFunction<DoubleUnaryOperator> formulas) {
        int channelSize = latents.size(2) * latents.size(3);
        float[] scaled = new float[latents.values().length];
        for (int start = 0; start < scaled.length; start += channelSize) {
            int channel = start / channelSize % latents.size(1) % means.size();
            DoubleUnaryOperator formula = formulas.apply(channel);
            for (int i = start; i < start + channelSize; i++) {
                scaled[i] = (float) formula.applyAsDouble(latents.values()[i]);
            }
        }
        return new Tensor(latents.shape(), scaled);
    }
}
