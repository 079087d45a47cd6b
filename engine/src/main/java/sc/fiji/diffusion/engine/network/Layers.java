package sc.fiji.diffusion.engine.network;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import sc.fiji.diffusion.engine.adapter.Adaptation;
import sc.fiji.diffusion.engine.adapter.WeightChange;
import sc.fiji.diffusion.engine.checkpoint.WeightTensor;
import sc.fiji.diffusion.engine.checkpoint.Weights;
import sc.fiji.diffusion.engine.graph.Attribute;
import sc.fiji.diffusion.engine.graph.ElementType;
import sc.fiji.diffusion.engine.graph.Graph;
import sc.fiji.diffusion.engine.graph.GraphBuilder;
import sc.fiji.diffusion.engine.graph.Precision;
import sc.fiji.diffusion.engine.graph.Value;

/**
 * PyTorch's layers written as nodes; each takes the prefix of its weights' names, and checks their shapes.
 *
 * @param graph where the nodes go
 * @param weights of the network
 * @param adaptation what is added to them
 * @param form how they are written
 * @param integers layers in 8 bits, if the form asks for them
 */
record Layers(
        GraphBuilder graph, Weights weights, Adaptation adaptation, GraphForm form, Optional<IntegerLayers> integers) {

    /** Of a convolution in 8 bits. */
    private static final int FEWEST_CHANNELS = 32;

    Layers(GraphBuilder graph, Weights weights, Adaptation adaptation, GraphForm form) {
        this(
                graph,
                weights,
                adaptation,
                form,
                form.precision() == Precision.INT8 ? Optional.of(new IntegerLayers(graph, weights)) : Optional.empty());
    }

    /** Of a network that is as its checkpoint says. */
    Layers(GraphBuilder graph, Weights weights, GraphForm form) {
        this(graph, weights, Adaptation.NONE, form);
    }

    /** In float32, for what fewer bits do not pay for, or are too few for. */
    Layers exact() {
        return new Layers(graph, weights, adaptation, form.exact(), Optional.empty());
    }

    /** Float32, such as an input, as what the network computes with. */
    Value entering(Value floats) {
        return isHalf() ? graph.cast(floats, ElementType.FLOAT16) : floats;
    }

    /** What the network computes with as float32. */
    Value leaving(Value x) {
        return isHalf() ? graph.cast(x, ElementType.FLOAT32) : x;
    }

    private boolean isHalf() {
        return form.precision() == Precision.FLOAT16;
    }

    private Value weight(WeightTensor weight) {
        return graph.weight(weight, isHalf() ? ElementType.FLOAT16 : ElementType.FLOAT32);
    }

    private Value number(double value) {
        return entering(graph.scalar(value));
    }

    /** The finished graph. */
    Graph build() {
        integers.ifPresent(IntegerLayers::write);
        return graph.build();
    }

    /** Layers in 8 bits for a weight that is as the checkpoint has it: that alone is rounded beforehand. */
    private Optional<IntegerLayers> integersFor(WeightTensor weight) {
        if (adaptation.changesOf(weight).isEmpty()) {
            return integers;
        }
        integers.ifPresent(rounded -> rounded.keepPlace(weight));
        return Optional.empty();
    }

    private Value bias(String prefix, int out) {
        return weights.has(prefix + ".bias")
                ? weight(weights.get(prefix + ".bias", List.of(out)))
                : GraphBuilder.ABSENT;
    }

    /** A layer's weight with what adapters add to it. */
    Value adapted(WeightTensor weight) {
        List<WeightChange> changes = adaptation.changesOf(weight);
        return changes.isEmpty() ? weight(weight) : entering(new AdaptedWeight(graph, weight).with(changes));
    }

    /** {@code x · Wᵀ + b} over the last dimension; the bias is left out where the checkpoint has none. */
    Value linear(Value x, String prefix, int in, int out) {
        return linear(x, prefix, weights.get(prefix + ".weight", List.of(out, in)), out);
    }

    /** A linear layer whose weights may be stored as those of a 1×1 convolution, {@code [out, in, 1, 1]}. */
    Value pointwise(Value x, String prefix, int in, int out) {
        WeightTensor weight = weights.get(prefix + ".weight");
        boolean convolution = weight.shape().equals(List.of(out, in, 1, 1));
        return convolution ? linear(x, prefix, weight.reshaped(List.of(out, in)), out) : linear(x, prefix, in, out);
    }

    private Value linear(Value x, String prefix, WeightTensor weight, int out) {
        if (form.isPlain()) {
            Value product = graph.node("MatMul", List.of(x, graph.transpose(adapted(weight), 1, 0)));
            Value bias = bias(prefix, out);
            return bias.equals(GraphBuilder.ABSENT) ? product : graph.add(product, bias);
        }
        Optional<IntegerLayers> rounded = integersFor(weight);
        if (rounded.isPresent()) {
            return rounded.get().linear(x, weight, bias(prefix, out));
        }
        // Gemm takes PyTorch's [out, in] as it is; a MatMul would make the runtime hold a transposed copy meanwhile.
        Value rows = graph.reshape(x, -1, weight.shape().get(1));
        Value product =
                graph.node("Gemm", List.of(rows, adapted(weight), bias(prefix, out)), Attribute.integer("transB", 1));
        Value shape = graph.concatenate(0, graph.shape(x, 0, -1), graph.integers(out));
        return graph.node("Reshape", List.of(product, shape));
    }

    /** A square convolution over {@code [N, in, h, w]}, padded alike on all sides. */
    Value conv2d(Value x, String prefix, int in, int out, int kernel, int stride, int padding) {
        return convolution(x, prefix, in, out, kernel, stride, padding, padding);
    }

    /** A convolution that halves the size, padded below and to the right alone, as the VAE's encoder has it. */
    Value halvedBelowAndRight(Value x, String prefix, int channels) {
        return convolution(x, prefix, channels, channels, 3, 2, 0, 1);
    }

    private Value convolution(Value x, String prefix, int in, int out, int kernel, int stride, int before, int after) {
        Value bias = weight(weights.get(prefix + ".bias", List.of(out)));
        return convolution(x, prefix, bias, in, out, kernel, stride, before, after);
    }

    /** As {@link #conv2d}, without a bias. */
    Value plainConv2d(Value x, String prefix, int in, int out, int kernel, int stride, int padding) {
        return convolution(x, prefix, GraphBuilder.ABSENT, in, out, kernel, stride, padding, padding);
    }

    private Value convolution(
            Value x, String prefix, Value bias, int in, int out, int kernel, int stride, int before, int after) {
        Value weight = adapted(weights.get(prefix + ".weight", List.of(out, in, kernel, kernel)));
        return graph.node(
                "Conv",
                List.of(x, weight, bias),
                Attribute.integers("kernel_shape", kernel, kernel),
                Attribute.integers("strides", stride, stride),
                Attribute.integers("pads", before, before, after, after));
    }

    /** The usual 3×3 convolution that keeps the size. */
    Value conv3x3(Value x, String prefix, int in, int out) {
        return conv3x3(x, prefix, in, out, 1);
    }

    /** The usual 3×3 convolution; a stride of 2 halves the size. */
    Value conv3x3(Value x, String prefix, int in, int out, int stride) {
        return largeConvolution(x, prefix, in, out, 3, stride);
    }

    /** A 1×1 convolution. */
    Value conv1x1(Value x, String prefix, int in, int out) {
        return largeConvolution(x, prefix, in, out, 1, 1);
    }

    private Value largeConvolution(Value x, String prefix, int in, int out, int kernel, int stride) {
        WeightTensor weight = weights.get(prefix + ".weight", List.of(out, in, kernel, kernel));
        // Few channels are soon done, and what comes in or goes out by them is what all else depends on.
        Optional<IntegerLayers> enough = Math.min(in, out) < FEWEST_CHANNELS ? Optional.empty() : integersFor(weight);
        return enough.map(rounded -> rounded.convolution(x, weight, bias(prefix, out), stride))
                .orElseGet(() -> conv2d(x, prefix, in, out, kernel, stride, kernel / 2));
    }

    /** Group norm over {@code [N, channels, …]}, written as an instance norm of the groups; always in float32. */
    Value groupNorm(Value x, String prefix, int channels, int groups, double epsilon) {
        if (channels % groups != 0) {
            throw Unsupported.because(weights, prefix, "channels that " + groups + " groups divide", channels);
        }
        float[] ones = new float[groups];
        Arrays.fill(ones, 1);
        Value grouped = graph.reshape(leaving(x), 0, groups, -1);
        Value normalized = graph.node(
                "InstanceNormalization",
                List.of(grouped, graph.constant(ones, groups), graph.constant(new float[groups], groups)),
                Attribute.number("epsilon", epsilon));
        Value restored = graph.node("Reshape", List.of(normalized, graph.node("Shape", List.of(x))));
        List<Integer> perChannel = List.of(channels, 1, 1);
        Value scale =
                graph.weight(weights.get(prefix + ".weight", List.of(channels)).reshaped(perChannel));
        Value shift =
                graph.weight(weights.get(prefix + ".bias", List.of(channels)).reshaped(perChannel));
        return entering(graph.add(graph.multiply(restored, scale), shift));
    }

    /** Layer norm over the last dimension. */
    Value layerNorm(Value x, String prefix, int size, double epsilon) {
        Value scale = weight(weights.get(prefix + ".weight", List.of(size)));
        Value shift = weight(weights.get(prefix + ".bias", List.of(size)));
        return graph.node(
                "LayerNormalization",
                List.of(x, scale, shift),
                Attribute.integer("axis", -1),
                Attribute.number("epsilon", epsilon));
    }

    /** {@code x · sigmoid(x)}. */
    Value silu(Value x) {
        return graph.multiply(x, graph.node("Sigmoid", List.of(x)));
    }

    /** The exact GELU, by the error function. */
    Value gelu(Value x) {
        if (form.isPlain()) {
            Value erf = graph.node("Erf", List.of(graph.node("Div", List.of(x, number(Math.sqrt(2))))));
            return graph.multiply(graph.multiply(x, graph.add(erf, number(1))), number(0.5));
        }
        return graph.node("Gelu", List.of(x));
    }

    /** {@code x · sigmoid(1.702 x)}, the GELU of OpenAI's CLIP. */
    Value quickGelu(Value x) {
        return graph.multiply(x, graph.node("Sigmoid", List.of(graph.multiply(x, number(1.702)))));
    }

    /** Scaled dot-product attention. */
    Attention attention() {
        return new Attention(this);
    }

    /** {@code [N, channels, h, w]} to {@code [N, h·w, channels]}. */
    Value toTokens(Value x, int channels) {
        return graph.transpose(graph.reshape(x, 0, channels, -1), 0, 2, 1);
    }

    /** {@code [N, h·w, channels]} back to the shape of {@code like}. */
    Value fromTokens(Value tokens, Value like) {
        Value shape = graph.node("Shape", List.of(like));
        return graph.node("Reshape", List.of(graph.transpose(tokens, 0, 2, 1), shape));
    }

    /** Nearest-neighbour resizing of {@code [N, c, h, w]} to the height and width in {@code size} (two int64). */
    Value resizeNearest(Value x, Value size) {
        Value shape = graph.concatenate(0, graph.shape(x, 0, 2), size);
        return graph.node(
                "Resize",
                List.of(x, GraphBuilder.ABSENT, GraphBuilder.ABSENT, shape),
                Attribute.text("mode", "nearest"),
                Attribute.text("coordinate_transformation_mode", "asymmetric"),
                Attribute.text("nearest_mode", "floor"));
    }
}
