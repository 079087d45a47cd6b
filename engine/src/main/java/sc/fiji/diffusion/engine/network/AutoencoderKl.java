package sc.fiji.diffusion.engine.network;

import java.util.Collections;
import java.util.List;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.checkpoint.Component;
import sc.fiji.diffusion.engine.checkpoint.ConfigFile;
import sc.fiji.diffusion.engine.graph.ElementType;
import sc.fiji.diffusion.engine.graph.Graph;
import sc.fiji.diffusion.engine.graph.GraphBuilder;
import sc.fiji.diffusion.engine.graph.Value;

/**
 * The decoder of diffusers' {@code AutoencoderKL}: {@code latent_sample [N, latent channels, h, w]} to {@code sample
 * [N, 3, h·factor, w·factor]}, nominally from -1 to 1. The latents are those of the VAE itself, with the scaling that
 * the UNet sees taken away ({@link Scaling}).
 */
public final class AutoencoderKl {

    public static final String LATENT_SAMPLE = "latent_sample";
    public static final String SAMPLE = "sample";

    private static final int LARGEST = 1 << 16;
    private static final double EPSILON = 1e-6;

    private final Config config;
    private final GraphBuilder graph = new GraphBuilder("vae_decoder");
    private final Layers layers;
    private final ResnetBlock2D resnet;

    private AutoencoderKl(Component component) {
        this.config = Config.of(component.config());
        this.layers = new Layers(graph, component.weights());
        this.resnet = new ResnetBlock2D(layers, config.normGroups, EPSILON);
    }

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
    }

    /** Sizes and options; lists from full resolution down. */
    private record Config(
            int latentChannels,
            int outChannels,
            List<Integer> blockOutChannels,
            int layersPerBlock,
            int normGroups,
            boolean postQuantConvolution,
            boolean midAttention) {

        static Config of(ConfigFile file) {
            file.requireText("_class_name", "AutoencoderKL");
            file.requireText("act_fn", "silu");
            List<Integer> channels = file.sizes("block_out_channels", List.of(64), LARGEST);
            List<String> plain = Collections.nCopies(channels.size(), "UpDecoderBlock2D");
            List<String> up = file.texts("up_block_types", plain);
            if (!up.equals(plain)) {
                throw new CheckpointException(file.path() + ": up_block_types: expected " + plain + ", found " + up);
            }
            return new Config(
                    file.size("latent_channels", 4, LARGEST),
                    file.size("out_channels", 3, 3),
                    channels,
                    file.size("layers_per_block", 1, 100),
                    file.size("norm_num_groups", 32, LARGEST),
                    file.flag("use_post_quant_conv", true),
                    file.flag("mid_block_add_attention", true));
        }
    }

    /** Channels of the latents. */
    public static int latentChannels(Component component) {
        return Config.of(component.config()).latentChannels();
    }

    /** Channels that the decoder holds at full resolution, which is what most of its memory goes to. */
    public static int fullResolutionChannels(Component component) {
        List<Integer> channels = Config.of(component.config()).blockOutChannels();
        return channels.get(Math.min(1, channels.size() - 1));
    }

    /** Writes the graph of the decoder in a {@code vae/}. */
    public static Graph decoderGraph(Component component) {
        return new AutoencoderKl(component).build();
    }

    private Graph build() {
        int latent = config.latentChannels;
        int levels = config.blockOutChannels.size();
        int lowest = config.blockOutChannels.get(levels - 1);
        Value z = graph.input(LATENT_SAMPLE, ElementType.FLOAT32, "batch", String.valueOf(latent), "height", "width");
        Value unquantized =
                config.postQuantConvolution ? layers.conv2d(z, "post_quant_conv", latent, latent, 1, 1, 0) : z;
        Value hidden = midBlock(layers.conv3x3(unquantized, "decoder.conv_in", latent, lowest), lowest);
        int channels = lowest;
        for (int block = 0; block < levels; block++) {
            int out = config.blockOutChannels.get(levels - 1 - block);
            hidden = upBlock(hidden, "decoder.up_blocks." + block, channels, out, block < levels - 1);
            channels = out;
        }
        Value normalized = layers.groupNorm(hidden, "decoder.conv_norm_out", channels, config.normGroups, EPSILON);
        Value pixels = layers.conv3x3(layers.silu(normalized), "decoder.conv_out", channels, config.outChannels);
        graph.output(SAMPLE, pixels, "batch", String.valueOf(config.outChannels), "pixelHeight", "pixelWidth");
        return graph.build();
    }

    private Value midBlock(Value x, int channels) {
        String prefix = "decoder.mid_block";
        Value hidden = resnet.apply(x, prefix + ".resnets.0", channels, channels);
        if (config.midAttention) {
            hidden = attention(hidden, prefix + ".attentions.0", channels);
        }
        return resnet.apply(hidden, prefix + ".resnets.1", channels, channels);
    }

    /** One head as wide as the channels, over all pixels of the latents. */
    private Value attention(Value x, String prefix, int channels) {
        Value normalized = layers.groupNorm(x, prefix + ".group_norm", channels, config.normGroups, EPSILON);
        Value tokens = layers.toTokens(normalized, channels);
        Value query = layers.pointwise(tokens, prefix + ".to_q", channels, channels);
        Value key = layers.pointwise(tokens, prefix + ".to_k", channels, channels);
        Value value = layers.pointwise(tokens, prefix + ".to_v", channels, channels);
        Value attended = layers.attention(query, key, value, 1);
        Value projected = layers.pointwise(attended, prefix + ".to_out.0", channels, channels);
        return graph.add(layers.fromTokens(projected, x), x);
    }

    private Value upBlock(Value x, String prefix, int in, int out, boolean upsamples) {
        Value hidden = x;
        for (int layer = 0; layer <= config.layersPerBlock; layer++) {
            hidden = resnet.apply(hidden, prefix + ".resnets." + layer, layer == 0 ? in : out, out);
        }
        if (upsamples) {
            Value doubled = graph.node("Mul", List.of(graph.shape(hidden, 2, 4), graph.integers(2)));
            hidden = layers.conv3x3(layers.resizeNearest(hidden, doubled), prefix + ".upsamplers.0.conv", out, out);
        }
        return hidden;
    }
}
