package sc.fiji.diffusion.engine.network;

import sc.fiji.diffusion.engine.checkpoint.Component;
import sc.fiji.diffusion.engine.graph.Graph;

/**
 * Pixels to latents and back. Encoders take {@code sample [N, 3, h·factor, w·factor]} from -1 to 1, decoders {@code
 * latent_sample [N, latent channels, h, w]} back to {@code sample}, nominally from -1 to 1. These latents are the
 * autoencoder's own, without the scaling that the UNet sees ({@link LatentScaling}).
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

    LatentScaling scaling();

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
}
