package sc.fiji.diffusion.engine.network;

import java.util.List;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.checkpoint.Component;
import sc.fiji.diffusion.engine.checkpoint.ConfigFile;
import sc.fiji.diffusion.engine.graph.ElementType;
import sc.fiji.diffusion.engine.graph.Graph;
import sc.fiji.diffusion.engine.graph.GraphBuilder;
import sc.fiji.diffusion.engine.graph.Value;

/**
 * diffusers' {@code AutoencoderTiny}, or TAESD (O. Boer Bohan, 2023): a small autoencoder distilled from the VAE of
 * Stable Diffusion, many times faster and a little less exact. Its encoder gives latents, not a distribution.
 */
final class AutoencoderTiny implements Autoencoder {

    private static final int LARGEST = 1 << 16;

    /** The decoder's latents are softly held within so much on both sides of 0. */
    private static final double LATENT_RANGE = 3;

    private final Component component;
    private final Half encoder;
    private final Half decoder;
    private final int latentChannels;

    /**
     * One of its two halves.
     *
     * @param channels a stage
     * @param blocks residual blocks a stage
     */
    private record Half(List<Integer> channels, List<Integer> blocks) {

        static Half of(ConfigFile file, String half, List<Integer> usualBlocks) {
            Half found = new Half(
                    file.sizes(half + "_block_out_channels", List.of(64, 64, 64, 64), LARGEST),
                    file.sizes("num_" + half + "_blocks", usualBlocks, 100));
            if (found.channels.size() != found.blocks.size()) {
                throw new CheckpointException(file.path() + ": num_" + half + "_blocks: expected one entry for each of"
                        + " the " + found.channels.size() + " stages, found " + found.blocks);
            }
            return found;
        }

        int last() {
            return channels.size() - 1;
        }
    }

    private AutoencoderTiny(Component component) {
        ConfigFile file = component.config();
        file.requireText("act_fn", "relu");
        file.requireText("upsample_fn", "nearest");
        if (file.size("upsampling_scaling_factor", 2, LARGEST) != 2) {
            throw new CheckpointException(file.path() + ": upsampling_scaling_factor: expected 2, found "
                    + file.size("upsampling_scaling_factor", 2, LARGEST));
        }
        this.component = component;
        this.encoder = Half.of(file, "encoder", List.of(1, 3, 3, 3));
        this.decoder = Half.of(file, "decoder", List.of(3, 3, 3, 1));
        this.latentChannels = file.size("latent_channels", 4, LARGEST);
    }

    static AutoencoderTiny of(Component component) {
        return new AutoencoderTiny(component);
    }

    @Override
    public int latentChannels() {
        return latentChannels;
    }

    @Override
    public int fullResolutionChannels() {
        return decoder.channels.get(decoder.last());
    }

    @Override
    public LatentScaling scaling() {
        return LatentScaling.of(component.config(), 1, latentChannels());
    }

    @Override
    public String encoderOutput() {
        return LATENTS;
    }

    @Override
    public Graph encoderGraph(GraphForm form) {
        Writer writer = new Writer("vae_encoder", component, "encoder.layers.", form);
        GraphBuilder graph = writer.graph;
        Value pixels = graph.input(SAMPLE, ElementType.FLOAT32, "batch", "3", "pixelHeight", "pixelWidth");
        Value x = graph.multiply(graph.add(pixels, graph.scalar(1)), graph.scalar(0.5));
        int channels = 3;
        for (int stage = 0; stage <= encoder.last(); stage++) {
            int out = encoder.channels.get(stage);
            x = writer.convolution(x, channels, out, stage == 0 ? 1 : 2, stage == 0);
            x = writer.blocks(x, encoder.blocks.get(stage), out);
            channels = out;
        }
        graph.output(
                LATENTS,
                writer.convolution(x, channels, latentChannels, 1, true),
                "batch",
                String.valueOf(latentChannels),
                "height",
                "width");
        return graph.build();
    }

    @Override
    public Graph decoderGraph(GraphForm form) {
        Writer writer = new Writer("vae_decoder", component, "decoder.layers.", form);
        GraphBuilder graph = writer.graph;
        Value latents = graph.input(
                LATENT_SAMPLE, ElementType.FLOAT32, "batch", String.valueOf(latentChannels), "height", "width");
        Value bounded = graph.node("Tanh", List.of(graph.multiply(latents, graph.scalar(1 / LATENT_RANGE))));
        Value x = graph.multiply(bounded, graph.scalar(LATENT_RANGE));
        x = writer.relu(writer.convolution(x, latentChannels, decoder.channels.get(0), 1, true));
        for (int stage = 0; stage <= decoder.last(); stage++) {
            int channels = decoder.channels.get(stage);
            boolean isLast = stage == decoder.last();
            x = writer.blocks(x, decoder.blocks.get(stage), channels);
            x = isLast ? x : writer.doubled(x);
            x = writer.convolution(x, channels, isLast ? 3 : channels, 1, isLast);
        }
        Value pixels = graph.add(graph.multiply(x, graph.scalar(2)), graph.scalar(-1));
        graph.output(SAMPLE, pixels, "batch", "3", "pixelHeight", "pixelWidth");
        return graph.build();
    }

    /** Writes the layers of a half one after the other, as PyTorch's {@code Sequential} numbers them. */
    private static final class Writer {

        private final GraphBuilder graph;
        private final Layers layers;
        private final String prefix;
        private int next;

        Writer(String name, Component component, String prefix, GraphForm form) {
            this.graph = new GraphBuilder(name);
            this.layers = new Layers(graph, component.weights(), form.exact());
            this.prefix = prefix;
        }

        Value convolution(Value x, int in, int out, int stride, boolean hasBias) {
            String name = prefix + next++;
            return hasBias
                    ? layers.conv2d(x, name, in, out, 3, stride, 1)
                    : layers.plainConv2d(x, name, in, out, 3, stride, 1);
        }

        Value blocks(Value x, int count, int channels) {
            Value result = x;
            for (int block = 0; block < count; block++) {
                String name = prefix + next++ + ".conv.";
                Value hidden = result;
                for (int layer = 0; layer < 3; layer++) {
                    hidden = layers.conv3x3(
                            layer == 0 ? hidden : rectified(hidden), name + 2 * layer, channels, channels);
                }
                result = rectified(graph.add(hidden, result));
            }
            return result;
        }

        Value relu(Value x) {
            next++;
            return rectified(x);
        }

        Value doubled(Value x) {
            next++;
            return layers.resizeNearest(x, graph.node("Mul", List.of(graph.shape(x, 2, 4), graph.integers(2))));
        }

        private Value rectified(Value x) {
            return graph.node("Relu", List.of(x));
        }
    }
}
