package sc.fiji.diffusion.engine.network;

import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.checkpoint.Component;
import sc.fiji.diffusion.engine.checkpoint.ConfigFile;
import sc.fiji.diffusion.engine.graph.Graph;

/**
 * Pixels to latents and back. Encoders take {@code sample [N, 3, h·factor, w·factor]} from -1 to 1, decoders {@code
 * latent_sample [N, latent channels, h, w]} back to {@code sample}, nominally from -1 to 1. These latents are the
 * autoencoder's own, without the scaling that the UNet sees ({@link Scaling}).
 */
public sealed interface Autoencoder permits AutoencoderKl, AutoencoderTiny {

    String SAMPLE = "sample";
    String LATENT_SAMPLE = "latent_sample";

    /** What an encoder gives that knows its latents exactly: {@code [N, latent channels, h, w]}. */
    String LATENTS = "latents";

    /**
     * What an encoder gives that knows a normal distribution: {@code [N, 2·latent channels, h, w]}, its means and then
     * the logarithms of its variances.
     */
    String LATENT_PARAMETERS = "latent_parameters";

    /** The autoencoder in a {@code vae/}, of the class that its configuration names. */
    static Autoencoder of(Component component) {
        return component.config().text("_class_name", "AutoencoderKL").equals("AutoencoderTiny")
                ? AutoencoderTiny.of(component)
                : AutoencoderKl.of(component);
    }

    /** Channels of the latents. */
    int latentChannels();

    /** Channels that it holds at full resolution, which is what most of its memory goes to. */
    int fullResolutionChannels();

    Scaling scaling();

    /** {@link #LATENTS} or {@link #LATENT_PARAMETERS}. */
    String encoderOutput();

    /** Writes the graph of the encoder. */
    Graph encoderGraph(GraphForm form);

    /** The same in the usual form. */
    default Graph encoderGraph() {
        return encoderGraph(GraphForm.USUAL);
    }

    /** Writes the graph of the decoder. */
    Graph decoderGraph(GraphForm form);

    /** The same in the usual form. */
    default Graph decoderGraph() {
        return decoderGraph(GraphForm.USUAL);
    }

    /**
     * How the autoencoder's latents and those that the UNet sees belong together: {@code unet = (vae - shift) · factor}.
     *
     * @param factor {@code scaling_factor}
     * @param shift {@code shift_factor}
     */
    record Scaling(double factor, double shift) {

        static Scaling of(ConfigFile file, double usualFactor) {
            double factor = file.number("scaling_factor", usualFactor);
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
}
