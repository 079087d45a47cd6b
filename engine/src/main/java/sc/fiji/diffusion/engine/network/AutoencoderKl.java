package sc.fiji.diffusion.engine.network;

import java.util.List;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.checkpoint.Component;
import sc.fiji.diffusion.engine.checkpoint.ConfigFile;
import sc.fiji.diffusion.engine.graph.Graph;

/**
 * diffusers' {@code AutoencoderKL}. The encoder takes {@code sample [N, 3, h·factor, w·factor]} from -1 to 1 to {@code
 * latent_parameters [N, 2·latent channels, h, w]}, a normal distribution's means and then the logarithms of its
 * variances; the decoder takes {@code latent_sample [N, latent channels, h, w]} back to {@code sample}, nominally from
 * -1 to 1. These latents are the VAE's own, without the scaling that the UNet sees ({@link Scaling}).
 */
public final class AutoencoderKl {

    public static final String SAMPLE = "sample";
    public static final String LATENT_SAMPLE = "latent_sample";
    public static final String LATENT_PARAMETERS = "latent_parameters";

    private AutoencoderKl() {}

    /**
     * How the VAE's latents and those that the UNet sees belong together: {@code unet = (vae - shift) · factor}.
     *
     * @param factor {@code scaling_factor}
     * @param shift {@code shift_factor}
     */
    public record Scaling(double factor, double shift) {

        public static Scaling of(ConfigFile file) {
            double factor = file.number("scaling_factor", 0.18215);
            if (!(factor > 0) || !Double.isFinite(factor)) {
                throw new CheckpointException(
                        file.path() + ": scaling_factor: expected a number above 0, found " + factor);
            }
            return new Scaling(factor, file.number("shift_factor", 0));
        }

        /** The UNet's latents as the decoder takes them. */
        public float[] toVae(float[] latents) {
            float[] scaled = new float[latents.length];
            for (int i = 0; i < latents.length; i++) {
                scaled[i] = (float) (latents[i] / factor + shift);
            }
            return scaled;
        }

        /** The encoder's latents as the UNet takes them. */
        public float[] toUnet(float[] latents) {
            float[] scaled = new float[latents.length];
            for (int i = 0; i < latents.length; i++) {
                scaled[i] = (float) ((latents[i] - shift) * factor);
            }
            return scaled;
        }
    }

    /** Channels of the latents. */
    public static int latentChannels(Component component) {
        return AutoencoderKlConfig.of(component.config()).latentChannels();
    }

    /** Channels that the VAE holds at full resolution, which is what most of its memory goes to. */
    public static int fullResolutionChannels(Component component) {
        List<Integer> channels = AutoencoderKlConfig.of(component.config()).blockOutChannels();
        return channels.get(Math.min(1, channels.size() - 1));
    }

    /** Writes the graph of the encoder in a {@code vae/}. */
    public static Graph encoderGraph(Component component) {
        return new AutoencoderKlEncoder(component).build();
    }

    /** Writes the graph of the decoder in a {@code vae/}. */
    public static Graph decoderGraph(Component component) {
        return new AutoencoderKlDecoder(component).build();
    }
}
