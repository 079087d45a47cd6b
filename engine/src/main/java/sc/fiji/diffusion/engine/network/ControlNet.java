package sc.fiji.diffusion.engine.network;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.checkpoint.Component;
import sc.fiji.diffusion.engine.graph.Attribute;
import sc.fiji.diffusion.engine.graph.ElementType;
import sc.fiji.diffusion.engine.graph.Graph;
import sc.fiji.diffusion.engine.graph.GraphBuilder;
import sc.fiji.diffusion.engine.graph.Value;

/**
 * diffusers' {@code ControlNetModel} (Zhang et al. 2023, arXiv 2302.05543): a copy of a UNet's encoder that is shown a
 * control image {@code controlnet_cond [1 or N, channels, 8·h, 8·w]}, from 0 to 1, beside the UNet's own inputs, and
 * says what to add to what the UNet's encoder leaves: the outputs {@link UNet2DCondition#residuals}, unscaled.
 */
public final class ControlNet {

    public static final String CONDITIONING = "controlnet_cond";

    private final ControlNetConfig config;
    private final GraphBuilder graph = new GraphBuilder("controlnet");
    private final Layers layers;

    private ControlNet(Component component, GraphForm form) {
        this.config = ControlNetConfig.of(component);
        this.layers = new Layers(graph, component.weights(), form);
    }

    /** Channels of the latents that the network takes. */
    public static int inChannels(Component component) {
        return ControlNetConfig.of(component).encoder().inChannels();
    }

    /** Channels of the control image. */
    public static int conditioningChannels(Component component) {
        return ControlNetConfig.of(component).conditioningChannels();
    }

    /** How many pixels of the control image, along each side, stand beside one of the latents'. */
    public static int conditioningScaleFactor(Component component) {
        return 1 << (ControlNetConfig.of(component).embeddingChannels().size() - 1);
    }

    /** Whether it is told {@link UNet2DCondition#TEXT_EMBEDS} and {@link UNet2DCondition#TIME_IDS}. */
    public static boolean takesTextAndSize(Component component) {
        return ControlNetConfig.of(component).encoder().textTime().isPresent();
    }

    /** Whether it says the same for all pixels, and is then asked with the prompt alone. */
    public static boolean poolsGlobally(Component component) {
        return ControlNetConfig.of(component).poolsGlobally();
    }

    /** @throws CheckpointException if what it says can't be added to what that UNet encodes */
    public static void requireFits(Component component, Component unet) {
        UNetEncoderConfig own = ControlNetConfig.of(component).encoder();
        UNetEncoderConfig other = UNet2DConditionConfig.of(unet.config()).encoder();
        if (!family(own).equals(family(other))) {
            throw new CheckpointException(component.weights() + ": expected a ControlNet for the model's family, with "
                    + family(other) + ", found one with " + family(own));
        }
    }

    private static String family(UNetEncoderConfig config) {
        return "block_out_channels " + config.blockOutChannels() + ", layers_per_block " + config.layersPerBlock()
                + ", cross_attention_dim " + config.crossAttentionSize() + " and "
                + config.textTime()
                        .map(textTime -> "a text summed up in " + textTime.textSize() + " numbers")
                        .orElse("no text summed up");
    }

    /** Writes the graph. */
    public static Graph graph(Component component) {
        return graph(component, GraphForm.USUAL);
    }

    /** Writes the graph in a form of one's own. */
    public static Graph graph(Component component, GraphForm form) {
        return new ControlNet(component, form).build();
    }

    private Graph build() {
        UNetBlocks blocks = UNetBlocks.declared(layers, config.encoder());
        UNetEncoder.Encoded encoded =
                new UNetEncoder(blocks).apply(graph.add(blocks.convolvedSample(), embeddedConditioning()));
        List<Value> residuals = new ArrayList<>();
        for (UNetEncoder.Skip skip : encoded.skips()) {
            residuals.add(residual(skip.value(), "controlnet_down_blocks." + residuals.size(), skip.channels()));
        }
        int lowest = config.encoder().levels() - 1;
        residuals.add(residual(
                encoded.middle(),
                "controlnet_mid_block",
                config.encoder().blockOutChannels().get(lowest)));
        ControlResiduals.declareOutputs(layers, residuals, config.encoder());
        return layers.build();
    }

    private Value embeddedConditioning() {
        String prefix = "controlnet_cond_embedding.";
        List<Integer> channels = config.embeddingChannels();
        Value hidden = layers.silu(
                layers.conv3x3(conditioning(), prefix + "conv_in", config.conditioningChannels(), channels.get(0)));
        for (int level = 0; level < channels.size() - 1; level++) {
            int in = channels.get(level);
            int out = channels.get(level + 1);
            hidden = layers.silu(layers.conv3x3(hidden, prefix + "blocks." + 2 * level, in, in));
            hidden = layers.silu(layers.conv2d(hidden, prefix + "blocks." + (2 * level + 1), in, out, 3, 2, 1));
        }
        int last = channels.get(channels.size() - 1);
        return layers.conv3x3(
                hidden,
                prefix + "conv_out",
                last,
                config.encoder().blockOutChannels().get(0));
    }

    private Value conditioning() {
        int channels = config.conditioningChannels();
        Value given = graph.input(
                CONDITIONING,
                ElementType.FLOAT32,
                "conditioningBatch",
                String.valueOf(channels),
                "pixelHeight",
                "pixelWidth");
        if (!config.bgr()) {
            return layers.entering(given);
        }
        Value reversed = graph.integers(
                IntStream.range(0, channels).mapToLong(i -> channels - 1L - i).toArray());
        return layers.entering(graph.node("Gather", List.of(given, reversed), Attribute.integer("axis", 1)));
    }

    /** By one of the convolutions that were zeros before the training. */
    private Value residual(Value x, String prefix, int channels) {
        Value residual = layers.conv2d(x, prefix, channels, channels, 1, 1, 0);
        if (!config.poolsGlobally()) {
            return residual;
        }
        Value means = graph.node("ReduceMean", List.of(residual, graph.integers(2, 3)));
        return graph.node("Expand", List.of(means, graph.node("Shape", List.of(residual))));
    }
}
