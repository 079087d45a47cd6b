package sc.fiji.diffusion.engine.network;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import sc.fiji.diffusion.engine.adapter.Adaptation;
import sc.fiji.diffusion.engine.checkpoint.Component;
import sc.fiji.diffusion.engine.checkpoint.ConfigFile;
import sc.fiji.diffusion.engine.checkpoint.WeightTensor;
import sc.fiji.diffusion.engine.checkpoint.Weights;
import sc.fiji.diffusion.engine.graph.Attribute;
import sc.fiji.diffusion.engine.graph.ElementType;
import sc.fiji.diffusion.engine.graph.Graph;
import sc.fiji.diffusion.engine.graph.GraphBuilder;
import sc.fiji.diffusion.engine.graph.Value;

/**
 * CLIP's text encoder (transformers' {@code CLIPTextModel} and {@code CLIPTextModelWithProjection}): {@code input_ids
 * [N, tokens]} of int32 to hidden states {@code [N, tokens, hiddenSize]}, each token seeing only those before it. The
 * output of every layer can be asked for, as Stable Diffusion 1 takes the last, XL the last but one, and users skip
 * more ("clip skip"). One with a projection also sums the text up as {@code text_embeds [N, projectionSize]}, from the
 * token at {@code end_positions [N]} of int32.
 */
public final class ClipText {

    public static final String INPUT_IDS = "input_ids";
    public static final String END_POSITIONS = "end_positions";
    public static final String TEXT_EMBEDS = "text_embeds";

    private static final String PROJECTION = "text_projection.weight";

    private static final int LARGEST = 1 << 16;

    /** CLIP has 77. What masks later tokens grows with the square. */
    private static final int MOST_TOKENS = 1024;

    private final Config config;
    private final Layers layers;
    private final GraphBuilder graph = new GraphBuilder("text_encoder");

    private ClipText(Component component, Adaptation adaptation, GraphForm form) {
        this.config = Config.of(component.config());
        this.layers = new Layers(graph, component.weights(), adaptation, form.exact());
    }

    /** Sizes and options of the network. */
    private record Config(
            int vocabularySize,
            int tokens,
            int hiddenSize,
            int intermediateSize,
            int layerCount,
            int heads,
            double epsilon,
            boolean quickGelu) {

        static Config of(ConfigFile file) {
            String activation = file.text("hidden_act", "quick_gelu");
            if (!List.of("quick_gelu", "gelu").contains(activation)) {
                file.requireText("hidden_act", "quick_gelu");
            }
            return new Config(
                    file.size("vocab_size", 49408, 1 << 20),
                    file.size("max_position_embeddings", 77, MOST_TOKENS),
                    file.size("hidden_size", 512, LARGEST),
                    file.size("intermediate_size", 2048, LARGEST),
                    file.size("num_hidden_layers", 12, 1000),
                    file.size("num_attention_heads", 8, LARGEST),
                    file.number("layer_norm_eps", 1e-5),
                    activation.equals("quick_gelu"));
        }
    }

    /** The number of tokens that the encoder takes, frame and padding included. */
    public static int tokens(Component component) {
        return Config.of(component.config()).tokens();
    }

    /** The number of token ids that it knows; those of added embeddings follow. */
    public static int vocabularySize(Component component) {
        return Config.of(component.config()).vocabularySize();
    }

    /** The number of its layers, all but one of which can be skipped. */
    public static int layerCount(Component component) {
        return Config.of(component.config()).layerCount();
    }

    /** Whether it sums the text up as {@link #TEXT_EMBEDS}, and then wants {@link #END_POSITIONS}. */
    public static boolean hasProjection(Component component) {
        return component.weights().has(PROJECTION);
    }

    /** The output that leaves out so many of the last layers; the final layer norm comes after it. */
    public static String lastHiddenState(int skippedLayers) {
        return "last_hidden_state." + skippedLayers;
    }

    /** As {@link #lastHiddenState}, without the final layer norm: transformers' {@code hidden_states[-1 - skippedLayers]}. */
    public static String hiddenState(int skippedLayers) {
        return "hidden_states." + skippedLayers;
    }

    /** Writes the graph of a {@code text_encoder/}. */
    public static Graph graph(Component component) {
        return graph(component, Adaptation.NONE, GraphForm.USUAL);
    }

    /** Writes the graph of a {@code text_encoder/} that LoRAs change, and that knows more tokens. */
    public static Graph graph(Component component, Adaptation adaptation, GraphForm form) {
        return new ClipText(component, adaptation, form).build();
    }

    private Graph build() {
        Value ids = graph.input(INPUT_IDS, ElementType.INT32, "batch", String.valueOf(config.tokens));
        Value hidden = embed(ids);
        Value causal = causalBias();
        Value normalized = hidden;
        for (int layer = 0; layer < config.layerCount; layer++) {
            hidden = encoderLayer(hidden, causal, prefix("encoder.layers." + layer));
            normalized = layers.layerNorm(hidden, prefix("final_layer_norm"), config.hiddenSize, config.epsilon);
            int skipped = config.layerCount - 1 - layer;
            graph.output(hiddenState(skipped), hidden, "batch", "tokens", "hidden");
            graph.output(lastHiddenState(skipped), normalized, "batch", "tokens", "hidden");
        }
        if (layers.weights().has(PROJECTION)) {
            graph.output(TEXT_EMBEDS, projected(normalized), "batch", "projection");
        }
        return graph.build();
    }

    private Value projected(Value hidden) {
        Value positions = graph.input(END_POSITIONS, ElementType.INT32, "batch");
        Value indices = graph.cast(positions, ElementType.INT64);
        Value end = graph.node(
                "GatherND", List.of(hidden, graph.reshape(indices, -1, 1)), Attribute.integer("batch_dims", 1));
        int size = layers.weights().get(PROJECTION).shape().get(0);
        return layers.linear(end, "text_projection", config.hiddenSize, size);
    }

    private Value embed(Value ids) {
        Weights weights = layers.weights();
        WeightTensor tokens = weights.get(
                prefix("embeddings.token_embedding.weight"), List.of(config.vocabularySize, config.hiddenSize));
        WeightTensor positions =
                weights.get(prefix("embeddings.position_embedding.weight"), List.of(config.tokens, config.hiddenSize));
        Value token = graph.node("Gather", List.of(withAddedEmbeddings(layers.adapted(tokens)), ids));
        return graph.add(token, layers.adapted(positions));
    }

    private Value withAddedEmbeddings(Value table) {
        Value[] tables = Stream.concat(
                        Stream.of(table),
                        layers.adaptation().embeddings().stream().map(added -> graph.weight(added.vectors())))
                .toArray(Value[]::new);
        return tables.length == 1 ? table : graph.concatenate(0, tables);
    }

    private Value encoderLayer(Value x, Value causal, String prefix) {
        Value normalized = layers.layerNorm(x, prefix + ".layer_norm1", config.hiddenSize, config.epsilon);
        Value attended = graph.add(x, selfAttention(normalized, causal, prefix + ".self_attn"));
        Value forward = layers.layerNorm(attended, prefix + ".layer_norm2", config.hiddenSize, config.epsilon);
        Value inner = layers.linear(forward, prefix + ".mlp.fc1", config.hiddenSize, config.intermediateSize);
        Value active = config.quickGelu ? layers.quickGelu(inner) : layers.gelu(inner);
        return graph.add(
                attended, layers.linear(active, prefix + ".mlp.fc2", config.intermediateSize, config.hiddenSize));
    }

    private Value selfAttention(Value x, Value causal, String prefix) {
        int size = config.hiddenSize;
        if (size % config.heads != 0) {
            throw Unsupported.because(
                    layers.weights(), "num_attention_heads", "a number that divides hidden_size " + size, config.heads);
        }
        Value query = layers.linear(x, prefix + ".q_proj", size, size);
        Value key = layers.linear(x, prefix + ".k_proj", size, size);
        Value value = layers.linear(x, prefix + ".v_proj", size, size);
        Value attended = layers.attention().of(query, key, value, config.heads, causal);
        return layers.linear(attended, prefix + ".out_proj", size, size);
    }

    /** Minus infinity, near enough, wherever a token would see a later one: {@code [1, 1, tokens, tokens]}. */
    private Value causalBias() {
        int tokens = config.tokens;
        float[] bias = new float[tokens * tokens];
        for (int row = 0; row < tokens; row++) {
            Arrays.fill(bias, row * tokens + row + 1, (row + 1) * tokens, -Float.MAX_VALUE);
        }
        return graph.constant(bias, 1, 1, tokens, tokens);
    }

    private String prefix(String part) {
        return "text_model." + part;
    }
}
