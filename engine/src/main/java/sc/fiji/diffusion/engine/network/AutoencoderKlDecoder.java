package sc.fiji.diffusion.engine.network;

import java.util.List;
import sc.fiji.diffusion.engine.checkpoint.Component;
import sc.fiji.diffusion.engine.graph.ElementType;
import sc.fiji.diffusion.engine.graph.Graph;
import sc.fiji.diffusion.engine.graph.GraphBuilder;
import sc.fiji.diffusion.engine.graph.Value;

/** The decoder of the VAE: from its latents to pixels. */
final class AutoencoderKlDecoder {

    private final AutoencoderKlConfig config;
    private final GraphBuilder graph = new GraphBuilder("vae_decoder");
    private final Layers layers;
    private final ResnetBlock2D resnet;

    AutoencoderKlDecoder(Component component, GraphForm form) {
        this.config = AutoencoderKlConfig.of(component.config());
        this.layers = new Layers(graph, component.weights(), form.exact());
        this.resnet = new ResnetBlock2D(layers, config.normGroups(), AutoencoderKlConfig.EPSILON);
    }

    Graph build() {
        int latent = config.latentChannels();
        int levels = config.levels();
        int lowest = config.lowestChannels();
        Value z = graph.input(
                Autoencoder.LATENT_SAMPLE, ElementType.FLOAT32, "batch", String.valueOf(latent), "height", "width");
        Value unquantized =
                config.postQuantConvolution() ? layers.conv2d(z, "post_quant_conv", latent, latent, 1, 1, 0) : z;
        Value entered = layers.conv3x3(unquantized, "decoder.conv_in", latent, lowest);
        Value hidden = new AutoencoderKlMidBlock(config, layers, resnet).apply(entered, "decoder.mid_block");
        int channels = lowest;
        for (int block = 0; block < levels; block++) {
            int out = config.blockOutChannels().get(levels - 1 - block);
            hidden = upBlock(hidden, "decoder.up_blocks." + block, channels, out, block < levels - 1);
            channels = out;
        }
        Value normalized = layers.groupNorm(
                hidden, "decoder.conv_norm_out", channels, config.normGroups(), AutoencoderKlConfig.EPSILON);
        Value pixels = layers.conv3x3(layers.silu(normalized), "decoder.conv_out", channels, config.outChannels());
        graph.output(
                Autoencoder.SAMPLE, pixels, "batch", String.valueOf(config.outChannels()), "pixelHeight", "pixelWidth");
        return graph.build();
    }

    private Value upBlock(Value x, String prefix, int in, int out, boolean upsamples) {
        Value hidden = x;
        for (int layer = 0; layer <= config.layersPerBlock(); layer++) {
            hidden = resnet.apply(hidden, prefix + ".resnets." + layer, layer == 0 ? in : out, out);
        }
        if (upsamples) {
            Value doubled = graph.node("Mul", List.of(graph.shape(hidden, 2, 4), graph.integers(2)));
            hidden = layers.conv3x3(layers.resizeNearest(hidden, doubled), prefix + ".upsamplers.0.conv", out, out);
        }
        return hidden;
    }
}
