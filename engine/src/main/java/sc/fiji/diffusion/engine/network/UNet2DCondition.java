package sc.fiji.diffusion.engine.network;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import sc.fiji.diffusion.engine.adapter.Adaptation;
import sc.fiji.diffusion.engine.checkpoint.Component;
import sc.fiji.diffusion.engine.graph.Graph;
import sc.fiji.diffusion.engine.graph.GraphBuilder;
import sc.fiji.diffusion.engine.graph.Value;

/**
 * diffusers' {@code UNet2DConditionModel}: predicts, from noisy latents {@code sample [N, in, h, w]}, the {@code
 * timestep [1]} (float32) and the text's {@code encoder_hidden_states [N, tokens, size]}, the noise (or velocity) {@code
 * out_sample [N, out, h, w]}. Stable Diffusion XL is also told {@code text_embeds [N, size]} and {@code time_ids [N, 6]};
 * a network distilled for guidance (LCM) the embedded guidance scale {@code timestep_cond [N, size]}; one that is steered
 * by ControlNets their {@link #residuals}. Any h and w will do: sizes that do not halve evenly are brought back on the
 * way up to those of the way down.
 */
public final class UNet2DCondition {

    public static final String SAMPLE = "sample";
    public static final String TIMESTEP = "timestep";
    public static final String ENCODER_HIDDEN_STATES = "encoder_hidden_states";
    public static final String TEXT_EMBEDS = "text_embeds";
    public static final String TIME_IDS = "time_ids";
    public static final String TIMESTEP_COND = "timestep_cond";
    public static final String OUT_SAMPLE = "out_sample";

    private final UNet2DConditionConfig config;
    private final GraphBuilder graph = new GraphBuilder("unet");
    private final Layers layers;
    private final UNetBlocks blocks;
    private final Deque<UNetEncoder.Skip> skips = new ArrayDeque<>();

    private UNet2DCondition(Component component, Adaptation adaptation, GraphForm form) {
        this.config = UNet2DConditionConfig.of(component.config());
        this.layers = new Layers(graph, component.weights(), adaptation, form);
        this.blocks = UNetBlocks.declared(layers, config.encoder());
    }

    /** Channels of the latents that the network takes. */
    public static int inChannels(Component component) {
        return encoderConfig(component).inChannels();
    }

    /** Whether it is told {@link #TEXT_EMBEDS} and {@link #TIME_IDS}. */
    public static boolean takesTextAndSize(Component component) {
        return encoderConfig(component).textTime().isPresent();
    }

    /** The length of {@link #TIMESTEP_COND}, 0 for a network that takes none. */
    public static int guidanceSize(Component component) {
        return encoderConfig(component).guidanceSize();
    }

    /**
     * The names of what ControlNets add, each {@code [N, channels, height, width]} in the size of what it is added to,
     * or {@code [1, 1, 1, 1]} for the same everywhere.
     */
    public static List<String> residuals(Component component) {
        return ControlResiduals.names(encoderConfig(component));
    }

    private static UNetEncoderConfig encoderConfig(Component component) {
        return UNet2DConditionConfig.of(component.config()).encoder();
    }

    /** Writes the graph of a {@code unet/}. */
    public static Graph graph(Component component) {
        return graph(component, Adaptation.NONE, GraphForm.USUAL);
    }

    /** Writes the graph of a {@code unet/} that LoRAs change. */
    public static Graph graph(Component component, Adaptation adaptation, GraphForm form) {
        return new UNet2DCondition(component, adaptation, form).build(false);
    }

    /** Writes the graph of one that takes {@link #residuals}, all of them with every run. */
    public static Graph graphWithResiduals(Component component, Adaptation adaptation, GraphForm form) {
        return new UNet2DCondition(component, adaptation, form).build(true);
    }

    private Graph build(boolean withResiduals) {
        UNetEncoder.Encoded own = new UNetEncoder(blocks).apply(blocks.convolvedSample());
        UNetEncoder.Encoded encoded = withResiduals ? ControlResiduals.added(layers, own) : own;
        encoded.skips().forEach(skips::push);
        Value hidden = encoded.middle();
        for (int block = 0; block < config.encoder().levels(); block++) {
            hidden = upBlock(hidden, block);
        }
        int first = config.encoder().blockOutChannels().get(0);
        Value normalized = layers.groupNorm(
                hidden,
                "conv_norm_out",
                first,
                config.encoder().normGroups(),
                config.encoder().normEpsilon());
        Value out = layers.conv2d(
                layers.silu(normalized),
                "conv_out",
                first,
                config.outChannels(),
                config.outKernel(),
                1,
                config.outKernel() / 2);
        graph.output(OUT_SAMPLE, layers.leaving(out), "batch", String.valueOf(config.outChannels()), "height", "width");
        return layers.build();
    }

    private Value upBlock(Value x, int block) {
        String prefix = "up_blocks." + block;
        List<Integer> channels = config.encoder().blockOutChannels();
        int level = channels.size() - 1 - block;
        int out = channels.get(level);
        int in = channels.get(Math.min(level + 1, channels.size() - 1));
        Value hidden = x;
        for (int layer = 0; layer <= config.encoder().layersPerBlock().get(level); layer++) {
            UNetEncoder.Skip skip = skips.pop();
            Value joined = graph.concatenate(1, hidden, skip.value());
            int joinedChannels = (layer == 0 ? in : out) + skip.channels();
            hidden = blocks.resnet(joined, prefix + ".resnets." + layer, joinedChannels, out);
            if (config.upHasAttention().get(block)) {
                List<Integer> transformers = config.transformerLayers().get(block);
                hidden = blocks.attend(
                        hidden, prefix + ".attentions." + layer, level, UNetEncoderConfig.blocks(transformers, layer));
            }
        }
        if (level > 0) {
            Value size = graph.shape(skips.element().value(), 2, 4);
            hidden = layers.conv3x3(layers.resizeNearest(hidden, size), prefix + ".upsamplers.0.conv", out, out);
        }
        return hidden;
    }
}
