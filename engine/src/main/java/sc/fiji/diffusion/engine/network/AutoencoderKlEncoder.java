package sc.fiji.diffusion.engine.network;

import sc.fiji.diffusion.engine.checkpoint.Component;
import sc.fiji.diffusion.engine.graph.ElementType;
import sc.fiji.diffusion.engine.graph.Graph;
import sc.fiji.diffusion.engine.graph.GraphBuilder;
import sc.fiji.diffusion.engine.graph.Value;

/** The encoder of the VAE: from pixels to the distribution that its latents are drawn from. */
final class AutoencoderKlEncoder {

    private final AutoencoderKlConfig config;
    private final GraphBuilder graph = new GraphBuilder("vae_encoder");
    private final Layers layers;
    private final ResnetBlock2D resnet;

    AutoencoderKlEncoder(Component component, GraphForm form) {
        this.config = AutoencoderKlConfig.of(component.config());
        this.layers = new Layers(graph, component.weights(), form.exact());
        this.resnet = new ResnetBlock2D(layers, config.normGroups(), AutoencoderKlConfig.EPSILON);
    }

    Graph build() {
        int parameters = 2 * config.latentChannels();
        int channels = config.blockOutChannels().get(0);
        Value pixels = graph.input(
                Autoencoder.SAMPLE,
                ElementType.FLOAT32,
                "batch",
                String.valueOf(config.inChannels()),
                "pixelHeight",
                "pixelWidth");
        Value hidden = layers.conv3x3(pixels, "encoder.conv_in", config.inChannels(), channels);
        for (int block = 0; block < config.levels(); block++) {
            int out = config.blockOutChannels().get(block);
            hidden = downBlock(hidden, "encoder.down_blocks." + block, channels, out, block < config.levels() - 1);
            channels = out;
        }
        hidden = new AutoencoderKlMidBlock(config, layers, resnet).apply(hidden, "encoder.mid_block");
        Value normalized = layers.groupNorm(
                hidden, "encoder.conv_norm_out", channels, config.normGroups(), AutoencoderKlConfig.EPSILON);
        Value moments = layers.conv3x3(layers.silu(normalized), "encoder.conv_out", channels, parameters);
        Value quantized = config.quantConvolution()
                ? layers.conv2d(moments, "quant_conv", parameters, parameters, 1, 1, 0)
                : moments;
        graph.output(Autoencoder.LATENT_PARAMETERS, quantized, "batch", String.valueOf(parameters), "height", "width");
        return graph.build();
    }

    private Value downBlock(Value x, String prefix, int in, int out, boolean downsamples) {
        Value hidden = x;
        for (int layer = 0; layer < config.layersPerBlock(); layer++) {
            hidden = resnet.apply(hidden, prefix + ".resnets." + layer, layer == 0 ? in : out, out);
        }
        return downsamples ? layers.halvedBelowAndRight(hidden, prefix + ".downsamplers.0.conv", out) : hidden;
    }
}
