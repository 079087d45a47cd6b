package sc.fiji.diffusion.engine.checkpoint.onnx;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sc.fiji.diffusion.engine.graph.Graph;

/** Makes of a graph that the engine writes an ONNX file as exporters write it, its weights in a file beside. */
final class ExportedNetwork {

    private final GraphProto.Builder graph;
    private final ModelProto model;
    private final Path weightsFolder;

    ExportedNetwork(Graph graph) {
        this.model = graph.model();
        this.graph = model.getGraph().toBuilder();
        this.weightsFolder = graph.weightsFolder();
    }

    /** Keeps some outputs, under the exporters' names. */
    ExportedNetwork withOnlyOutputs(Map<String, String> exportedNames) {
        List<ValueInfoProto> outputs = List.copyOf(graph.getOutputList());
        graph.clearOutput();
        outputs.stream()
                .filter(output -> exportedNames.containsKey(output.getName()))
                .forEach(output -> graph.addOutput(output.toBuilder().setName(exportedNames.get(output.getName()))));
        // Nothing inside reads an output.
        graph.getNodeBuilderList().forEach(node -> {
            String name = node.getOutput(0);
            if (exportedNames.containsKey(name)) {
                node.setOutput(0, exportedNames.get(name));
            } else if (outputs.stream().anyMatch(output -> output.getName().equals(name))) {
                node.setOutput(0, "dropped." + name);
            }
        });
        return this;
    }

    /** An input of that type, cast to float32 inside. */
    ExportedNetwork withInput(String name, DataType type) {
        String inside = name + ".float";
        graph.getInputBuilderList().stream()
                .filter(input -> input.getName().equals(name))
                .forEach(input -> input.getTypeBuilder().getTensorTypeBuilder().setElemType(type.getNumber()));
        for (NodeProto.Builder node : graph.getNodeBuilderList()) {
            for (int i = 0; i < node.getInputCount(); i++) {
                if (node.getInput(i).equals(name)) {
                    node.setInput(i, inside);
                }
            }
        }
        graph.addNode(0, cast(name, inside, DataType.FLOAT));
        return this;
    }

    /** Without the input that says where a text ends: the place of the largest id, as transformers' graph finds it. */
    ExportedNetwork withoutEndPositions() {
        List<ValueInfoProto> inputs = List.copyOf(graph.getInputList());
        graph.clearInput();
        inputs.stream()
                .filter(input -> !input.getName().equals("end_positions"))
                .forEach(graph::addInput);
        graph.addNode(0, cast("end_positions.long", "end_positions", DataType.INT32));
        graph.addNode(
                0,
                NodeProto.newBuilder()
                        .setOpType("ArgMax")
                        .addInput("input_ids")
                        .addOutput("end_positions.long")
                        .addAttribute(integer("axis", 1))
                        .addAttribute(integer("keepdims", 0)));
        return this;
    }

    /** An input of token ids of that type. */
    ExportedNetwork withIds(String name, DataType type) {
        graph.getInputBuilderList().stream()
                .filter(input -> input.getName().equals(name))
                .forEach(input -> input.getTypeBuilder().getTensorTypeBuilder().setElemType(type.getNumber()));
        return this;
    }

    /** An input without dimensions. */
    ExportedNetwork withScalar(String name) {
        graph.getInputBuilderList().stream()
                .filter(input -> input.getName().equals(name))
                .forEach(input ->
                        input.getTypeBuilder().getTensorTypeBuilder().setShape(TensorShapeProto.getDefaultInstance()));
        return this;
    }

    /** The only output in float16. */
    ExportedNetwork withHalfOutput() {
        String name = graph.getOutput(0).getName();
        String inside = name + ".float";
        graph.getOutputBuilder(0).getTypeBuilder().getTensorTypeBuilder().setElemType(DataType.FLOAT16.getNumber());
        graph.getNodeBuilderList().stream()
                .filter(node -> node.getOutput(0).equals(name))
                .forEach(node -> node.setOutput(0, inside));
        graph.addNode(cast(inside, name, DataType.FLOAT16));
        return this;
    }

    /** The first half of the only output's channels, as exports have it whose graph draws the latents. */
    ExportedNetwork withFirstHalf(String exportedName) {
        String inside = graph.getOutput(0).getName();
        graph.getOutputBuilder(0).setName(exportedName);
        graph.addNode(NodeProto.newBuilder()
                .setOpType("Split")
                .addInput(inside)
                .addOutput(exportedName)
                .addOutput("rest")
                .addAttribute(integer("axis", 1))
                .addAttribute(integer("num_outputs", 2)));
        return this;
    }

    /** Writes {@code model.onnx} and the file with its weights. */
    void write(Path folder, String dataName) throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        for (TensorProto.Builder tensor : graph.getInitializerBuilderList()) {
            if (tensor.getExternalDataCount() > 0) {
                Map<String, String> place = new HashMap<>();
                tensor.getExternalDataList().forEach(entry -> place.put(entry.getKey(), entry.getValue()));
                byte[] bytes = new byte[Integer.parseInt(place.get("length"))];
                try (RandomAccessFile in = new RandomAccessFile(
                        weightsFolder.resolve(place.get("location")).toFile(), "r")) {
                    in.seek(Long.parseLong(place.get("offset")));
                    in.readFully(bytes);
                }
                tensor.clearExternalData()
                        .addExternalData(entry("location", dataName))
                        .addExternalData(entry("offset", Integer.toString(data.size())))
                        .addExternalData(entry("length", Integer.toString(bytes.length)));
                data.write(bytes);
            }
        }
        Files.createDirectories(folder);
        Files.write(folder.resolve(dataName), data.toByteArray());
        Files.write(
                folder.resolve(OnnxFile.NAME),
                model.toBuilder().setGraph(graph).build().toByteArray());
    }

    private static StringStringEntryProto entry(String key, String value) {
        return StringStringEntryProto.newBuilder().setKey(key).setValue(value).build();
    }

    private static NodeProto cast(String from, String to, DataType type) {
        return NodeProto.newBuilder()
                .setOpType("Cast")
                .addInput(from)
                .addOutput(to)
                .addAttribute(integer("to", type.getNumber()))
                .build();
    }

    private static AttributeProto integer(String name, long value) {
        return AttributeProto.newBuilder()
                .setName(name)
                .setType(AttributeType.INT)
                .setI(value)
                .build();
    }
}
