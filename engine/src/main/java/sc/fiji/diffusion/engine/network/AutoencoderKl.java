package sc.fiji.diffusion.engine.network;

import java.util.List;
import sc.fiji.diffusion.engine.checkpoint.Component;
import sc.fiji.diffusion.engine.graph.Graph;

/** diffusers' {@code AutoencoderKL}, whose encoder gives a distribution: the VAE of Stable Diffusion. */
record AutoencoderKl(Component component, AutoencoderKlConfig config) implements Autoencoder {

    private static final double USUAL_FACTOR = 0.18215;

    static AutoencoderKl of(Component component) {
        return new AutoencoderKl(component, AutoencoderKlConfig.of(component.config()));
    }

    @Override
    public int latentChannels() {
        return config.latentChannels();
    }

    @Override
    public int fullResolutionChannels() {
        List<Integer> channels = config.blockOutChannels();
        return channels.get(Math.min(1, channels.size() - 1));
    }

    @Override
    public LatentScaling scaling() {
        return LatentScaling.of(component.config(), USUAL_FACTOR, latentChannels());
    }

    @Override
    public String encoderOutput() {
        return LATENT_PARAMETERS;
    }

    @Override
    public Graph encoderGraph(GraphForm form) {
        return new AutoencoderKlEncoder(component, form).build();
    }

    @Override
    public Graph decoderGraph(GraphForm form) {
        return new AutoencoderKlDecoder(component, form).build();
    }
}
