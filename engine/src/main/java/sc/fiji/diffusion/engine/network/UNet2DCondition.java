package sc.fiji.diffusion.engine.network;

import static sc.fiji.diffusion.engine.network.UNet2DConditionConfig.blocks;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import sc.fiji.diffusion.engine.adapter.Adaptation;
import sc.fiji.diffusion.engine.checkpoint.Component;
import sc.fiji.diffusion.engine.graph.ElementType;
import sc.fiji.diffusion.engine.graph.Graph;
import sc.fiji.diffusion.engine.graph.GraphBuilder;
import sc.fiji.diffusion.engine.graph.Value;

/**
 * diffusers' {@code UNet2DConditionModel}: predicts, from noisy latents {@code sample [N, in, h, w]}, the {@code
 * timestep [1]} (float32) and the text's {@code encoder_hidden_states [N, tokens, size]}, the noise (or velocity) {@code
 * out_sample [N, out, h, w]}. Stable Diffusion XL is also told {@code text_embeds [N, size]} and {@code time_ids [N, 6]};
 * a network distilled for guidance (LCM) the embedded guidance scale {@code timestep_cond [N, size]}. Any h and w will do: sizes that do not halve evenly are brought back on the way up to
 * those of the way down.
 */
public final class UNet2DCondition {

    public static final String SAMPLE = "sample";
    public static final String TIMESTEP = "timestep";
    public static final String ENCODER_HIDDEN_STATES = "encoder_hidden_states";
    public static final String TEXT_EMBEDS = "text_embeds";
    public static final String TIME_IDS = "time_ids";
    public static final String TIMESTEP_COND = "timestep_cond";
    public static final String OUT_SAMPLE = "out_sample";

    private static final double LONGEST_PERIOD = 10000;

    private final UNet2DConditionConfig config;
    private final GraphBuilder graph = new GraphBuilder("unet");
    private final Layers layers;
    private final ResnetBlock2D resnet;
    private final Transformer2D transformer;
    private final Deque<Skip> skips = new ArrayDeque<>();

    private Value time;
    private Value text;

    /** What the way down leaves for the way up. */
    private record Skip(Value value, int channels) {}

    private UNet2DCondition(Component component, Adaptation adaptation) {
        this.config = UNet2DConditionConfig.of(component.config());
        this.layers = new Layers(graph, component.weights(), adaptation);
        this.resnet = new ResnetBlock2D(layers, config.normGroups(), config.normEpsilon());
        this.transformer = new Transformer2D(layers, config.normGroups(), config.crossAttentionSize());
    }

    /** Channels of the latents that the network takes. */
    public static int inChannels(Component component) {
        return UNet2DConditionConfig.of(component.config()).inChannels();
    }

    /** Whether it is told {@link #TEXT_EMBEDS} and {@link #TIME_IDS}. */
    public static boolean takesTextAndSize(Component component) {
        return UNet2DConditionConfig.of(component.config()).textTime().isPresent();
    }

    /** The length of {@link #TIMESTEP_COND}, 0 for a network that takes none. */
    public static int guidanceSize(Component component) {
        return UNet2DConditionConfig.of(component.config()).guidanceSize();
    }

    /** Writes the graph of a {@code unet/}. */
    public static Graph graph(Component component) {
        return graph(component, Adaptation.NONE);
    }

    /** Writes the graph of a {@code unet/} that LoRAs change. */
    public static Graph graph(Component component, Adaptation adaptation) {
        return new UNet2DCondition(component, adaptation).build();
    }

    private Graph build() {
        Value sample = graph.input(
                SAMPLE, ElementType.FLOAT32, "batch", String.valueOf(config.inChannels()), "height", "width");
        time = layers.silu(embeddedTime());
        text = graph.input(
                ENCODER_HIDDEN_STATES,
                ElementType.FLOAT32,
                "batch",
                "tokens",
                String.valueOf(config.crossAttentionSize()));
        int first = config.blockOutChannels().get(0);
        Value hidden = keep(square(sample, "conv_in", config.inChannels(), first, config.inKernel()), first);
        for (int level = 0; level < config.levels(); level++) {
            hidden = downBlock(hidden, level);
        }
        hidden = config.hasMidBlock() ? midBlock(hidden) : hidden;
        for (int block = 0; block < config.levels(); block++) {
            hidden = upBlock(hidden, block);
        }
        Value normalized = layers.groupNorm(hidden, "conv_norm_out", first, config.normGroups(), config.normEpsilon());
        Value out = square(layers.silu(normalized), "conv_out", first, config.outChannels(), config.outKernel());
        graph.output(OUT_SAMPLE, out, "batch", String.valueOf(config.outChannels()), "height", "width");
        return graph.build();
    }

    private Value embeddedTime() {
        Value timestep = graph.reshape(graph.input(TIMESTEP, ElementType.FLOAT32, "1"), 1, 1);
        int size = config.blockOutChannels().get(0);
        Value wave = wave(timestep, size);
        if (config.guidanceSize() > 0) {
            Value guidance =
                    graph.input(TIMESTEP_COND, ElementType.FLOAT32, "batch", String.valueOf(config.guidanceSize()));
            wave = graph.add(wave, layers.linear(guidance, "time_embedding.cond_proj", config.guidanceSize(), size));
        }
        Value embedded = embedding(wave, "time_embedding", size);
        return config.textTime().isPresent()
                ? graph.add(embedded, embeddedTextAndSize(config.textTime().get()))
                : embedded;
    }

    private Value embeddedTextAndSize(UNet2DConditionConfig.TextTime textTime) {
        Value texts = graph.input(TEXT_EMBEDS, ElementType.FLOAT32, "batch", String.valueOf(textTime.textSize()));
        String numbers = String.valueOf(UNet2DConditionConfig.TextTime.NUMBERS);
        Value ids = graph.reshape(graph.input(TIME_IDS, ElementType.FLOAT32, "batch", numbers), -1, 1);
        Value waves = graph.reshape(wave(ids, textTime.timeSize()), -1, textTime.inputSize() - textTime.textSize());
        return embedding(graph.concatenate(1, texts, waves), "add_embedding", textTime.inputSize());
    }

    private Value embedding(Value x, String prefix, int size) {
        Value hidden = layers.silu(layers.linear(x, prefix + ".linear_1", size, config.timeSize()));
        return layers.linear(hidden, prefix + ".linear_2", config.timeSize(), config.timeSize());
    }

    /** Sines and cosines of numbers {@code [N, 1]} in many frequencies (Vaswani et al. 2017): {@code [N, size]}. */
    private Value wave(Value numbers, int size) {
        int half = size / 2;
        float[] frequencies = new float[half];
        for (int i = 0; i < half; i++) {
            frequencies[i] = (float) Math.exp(-Math.log(LONGEST_PERIOD) * i / (half - config.frequencyShift()));
        }
        Value angle = graph.multiply(numbers, graph.constant(frequencies, 1, half));
        Value sine = graph.node("Sin", List.of(angle));
        Value cosine = graph.node("Cos", List.of(angle));
        return config.cosineFirst() ? graph.concatenate(1, cosine, sine) : graph.concatenate(1, sine, cosine);
    }

    private Value downBlock(Value x, int level) {
        String prefix = "down_blocks." + level;
        int out = config.blockOutChannels().get(level);
        Value hidden = x;
        for (int layer = 0; layer < config.layersPerBlock().get(level); layer++) {
            int in = layer == 0 ? skips.element().channels() : out;
            hidden = resnet.apply(hidden, time, config.timeSize(), prefix + ".resnets." + layer, in, out);
            if (config.downHasAttention().get(level)) {
                hidden = attend(
                        hidden,
                        prefix + ".attentions." + layer,
                        level,
                        blocks(config.downTransformerLayers().get(level), layer));
            }
            keep(hidden, out);
        }
        if (level < config.levels() - 1) {
            hidden = keep(layers.conv2d(hidden, prefix + ".downsamplers.0.conv", out, out, 3, 2, 1), out);
        }
        return hidden;
    }

    private Value midBlock(Value x) {
        int level = config.levels() - 1;
        int channels = config.blockOutChannels().get(level);
        Value first = resnet.apply(x, time, config.timeSize(), "mid_block.resnets.0", channels, channels);
        Value attended = attend(
                first,
                "mid_block.attentions.0",
                level,
                blocks(config.downTransformerLayers().get(level), 0));
        return resnet.apply(attended, time, config.timeSize(), "mid_block.resnets.1", channels, channels);
    }

    private Value upBlock(Value x, int block) {
        String prefix = "up_blocks." + block;
        int level = config.levels() - 1 - block;
        int out = config.blockOutChannels().get(level);
        int in = config.blockOutChannels().get(Math.min(level + 1, config.levels() - 1));
        Value hidden = x;
        for (int layer = 0; layer <= config.layersPerBlock().get(level); layer++) {
            Skip skip = skips.pop();
            Value joined = graph.concatenate(1, hidden, skip.value());
            int channels = (layer == 0 ? in : out) + skip.channels();
            hidden = resnet.apply(joined, time, config.timeSize(), prefix + ".resnets." + layer, channels, out);
            if (config.upHasAttention().get(block)) {
                hidden = attend(
                        hidden,
                        prefix + ".attentions." + layer,
                        level,
                        blocks(config.upTransformerLayers().get(block), layer));
            }
        }
        if (level > 0) {
            Value size = graph.shape(skips.element().value(), 2, 4);
            hidden = layers.conv3x3(layers.resizeNearest(hidden, size), prefix + ".upsamplers.0.conv", out, out);
        }
        return hidden;
    }

    private Value attend(Value x, String prefix, int level, int blocks) {
        return transformer.apply(
                x,
                text,
                prefix,
                config.blockOutChannels().get(level),
                config.heads().get(level),
                blocks);
    }

    private Value square(Value x, String prefix, int in, int out, int kernel) {
        return layers.conv2d(x, prefix, in, out, kernel, 1, kernel / 2);
    }

    private Value keep(Value value, int channels) {
        skips.push(new Skip(value, channels));
        return value;
    }
}
