package sc.fiji.diffusion.engine.graph;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.OperatorSetIdProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sc.fiji.diffusion.engine.checkpoint.WeightTensor;
import sc.fiji.diffusion.engine.safetensors.DType;

/**
 * Collects the nodes of one graph, in the order in which they compute. Every method that adds a node returns its
 * output. Not thread-safe; used once.
 */
public final class GraphBuilder {

    /** Stands for an optional input of a node that is left out. */
    public static final Value ABSENT = new Value("");

    private static final int OPSET = 20;
    private static final int IR_VERSION = 9;
    private static final String DEFAULT_DOMAIN = "";
    private static final String MICROSOFT_DOMAIN = "com.microsoft";

    private final GraphProto.Builder graph;
    private final Map<String, WeightTensor> weights = new LinkedHashMap<>();
    private long lastNode;
    private long float32Bytes;

    /**
     * @param name of the network, for messages
     */
    public GraphBuilder(String name) {
        this.graph = GraphProto.newBuilder().setName(name);
    }

    /**
     * Declares an input.
     *
     * @param dimensions names of sizes known only when it runs ({@code "batch"}), or numbers ({@code "77"})
     */
    public Value input(String name, ElementType type, String... dimensions) {
        graph.addInput(valueInfo(name, type, dimensions));
        return new Value(name);
    }

    /** Declares an output with the given name. */
    public void output(String name, Value value, String... dimensions) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType("Identity")
                .addInput(value.name())
                .addOutput(name));
        graph.addOutput(valueInfo(name, ElementType.FLOAT32, dimensions));
    }

    /**
     * A weight in float32, or in 8 bits where it is stored so. One that is stored otherwise is cast or transposed, which
     * the runtime does once, when it opens the graph.
     */
    public Value weight(WeightTensor weight) {
        return weight(weight, weight.dtype() == DType.I8 ? ElementType.INT8 : ElementType.FLOAT32);
    }

    /** A weight as numbers of a type of one's own. */
    public Value weight(WeightTensor weight, ElementType type) {
        String name = weight.name() + weight.shape();
        // Several adapters' files have tensors of the same name.
        while (weights.containsKey(name) && !weights.get(name).equals(weight)) {
            name += "'";
        }
        if (weights.putIfAbsent(name, weight) == null) {
            float32Bytes += type.byteSize() * weight.count();
        }
        Value stored = new Value(name);
        Value numbers = ExternalWeights.isStoredAs(type, weight) ? stored : cast(stored, type);
        return weight.transposed() ? transpose(numbers, 1, 0) : numbers;
    }

    /** A float32 constant of the given shape; no sizes make a scalar. */
    public Value constant(float[] values, int... shape) {
        TensorProto.Builder tensor = TensorProto.newBuilder().setDataType(DataType.FLOAT.getNumber());
        Arrays.stream(shape).forEach(tensor::addDims);
        for (float value : values) {
            tensor.addFloatData(value);
        }
        return initializer(tensor);
    }

    public Value scalar(double value) {
        return constant(new float[] {(float) value});
    }

    /** A list of int64, as shapes and axes are given. */
    public Value integers(long... values) {
        TensorProto.Builder tensor =
                TensorProto.newBuilder().setDataType(DataType.INT64.getNumber()).addDims(values.length);
        Arrays.stream(values).forEach(tensor::addInt64Data);
        return initializer(tensor);
    }

    /** A node of the ONNX standard with one output. */
    public Value node(String operator, List<Value> inputs, Attribute... attributes) {
        return nodes(DEFAULT_DOMAIN, operator, 1, inputs, attributes).get(0);
    }

    /** A node of the ONNX standard with several outputs. */
    public List<Value> nodes(String operator, int outputs, List<Value> inputs, Attribute... attributes) {
        return nodes(DEFAULT_DOMAIN, operator, outputs, inputs, attributes);
    }

    /** A node that ONNX Runtime has beyond the standard. */
    public Value microsoftNode(String operator, List<Value> inputs, Attribute... attributes) {
        return nodes(MICROSOFT_DOMAIN, operator, 1, inputs, attributes).get(0);
    }

    public Value add(Value a, Value b) {
        return node("Add", List.of(a, b));
    }

    public Value multiply(Value a, Value b) {
        return node("Mul", List.of(a, b));
    }

    public Value cast(Value value, ElementType type) {
        return node("Cast", List.of(value), Attribute.integer("to", type.onnxNumber()));
    }

    /** 0 in a shape keeps a size, -1 takes what is left. */
    public Value reshape(Value value, long... shape) {
        return node("Reshape", List.of(value, integers(shape)));
    }

    public Value transpose(Value value, long... order) {
        return node("Transpose", List.of(value), Attribute.integers("perm", order));
    }

    public Value concatenate(int axis, Value... values) {
        return node("Concat", List.of(values), Attribute.integer("axis", axis));
    }

    /** The sizes of dimensions {@code start} to {@code end} (exclusive) as int64. */
    public Value shape(Value value, int start, int end) {
        return node("Shape", List.of(value), Attribute.integer("start", start), Attribute.integer("end", end));
    }

    /** The finished graph. */
    public Graph build() {
        ExternalWeights.requireWhole(weights.values());
        Path folder = ExternalWeights.commonFolder(weights.values());
        weights.forEach((name, weight) -> graph.addInitializer(ExternalWeights.proto(name, weight, folder)));
        ModelProto model = ModelProto.newBuilder()
                .setIrVersion(IR_VERSION)
                .setProducerName("diffusion-fiji")
                .addOpsetImport(operatorSet(DEFAULT_DOMAIN, OPSET))
                .addOpsetImport(operatorSet(MICROSOFT_DOMAIN, 1))
                .setGraph(graph)
                .build();
        return new Graph(graph.getName(), model, folder, float32Bytes);
    }

    private List<Value> nodes(
            String domain, String operator, int outputs, List<Value> inputs, Attribute... attributes) {
        NodeProto.Builder node = NodeProto.newBuilder().setDomain(domain).setOpType(operator);
        inputs.forEach(input -> node.addInput(input.name()));
        Arrays.stream(attributes).forEach(attribute -> node.addAttribute(attribute.proto()));
        Value[] values = new Value[outputs];
        for (int output = 0; output < outputs; output++) {
            values[output] = new Value(nextName(operator));
            node.addOutput(values[output].name());
        }
        graph.addNode(node.setName(values[0].name()));
        return List.of(values);
    }

    private Value initializer(TensorProto.Builder tensor) {
        String name = nextName("constant");
        graph.addInitializer(tensor.setName(name));
        return new Value(name);
    }

    private String nextName(String kind) {
        return kind + "_" + ++lastNode;
    }

    private static OperatorSetIdProto operatorSet(String domain, int version) {
        return OperatorSetIdProto.newBuilder()
                .setDomain(domain)
                .setVersion(version)
                .build();
    }

    private static ValueInfoProto valueInfo(String name, ElementType type, String... dimensions) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (String dimension : dimensions) {
            TensorShapeProto.Dimension.Builder size = TensorShapeProto.Dimension.newBuilder();
            boolean number = dimension.chars().allMatch(Character::isDigit);
            shape.addDim(number ? size.setDimValue(Long.parseLong(dimension)) : size.setDimParam(dimension));
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(type.onnxNumber())
                                .setShape(shape)))
                .build();
    }
}
