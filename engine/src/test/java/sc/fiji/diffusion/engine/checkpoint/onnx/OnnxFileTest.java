package sc.fiji.diffusion.engine.checkpoint.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorProto.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.checkpoint.WeightTensor;
import sc.fiji.diffusion.engine.graph.ElementType;
import sc.fiji.diffusion.engine.graph.Graph;
import sc.fiji.diffusion.engine.graph.GraphBuilder;
import sc.fiji.diffusion.engine.graph.Value;
import sc.fiji.diffusion.engine.runtime.Device;
import sc.fiji.diffusion.engine.runtime.InferenceSession;
import sc.fiji.diffusion.engine.safetensors.DType;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;
import sc.fiji.diffusion.engine.safetensors.SafetensorsWriter;
import sc.fiji.diffusion.engine.tensor.Tensor;

class OnnxFileTest {

    private static final float[] WEIGHTS = {1, 2, 3, 4};

    @TempDir
    private Path root;

    private Path folder;

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectories(root.resolve("model").resolve("unet"));
        Files.writeString(root.resolve("secret"), "secret");
    }

    @Test
    void weightsAreCountedByTypeWithoutBeingRead() throws IOException {
        sum().write(folder, "weights.pb");
        OnnxFile file = OnnxFile.read(folder.resolve("model.onnx"));
        assertEquals(4L, file.parameters().get("FLOAT"));
        assertEquals(List.of(folder.resolve("model.onnx"), folder.resolve("weights.pb")), file.files());
        assertTrue(file.isPlain());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"../secret", "/etc/passwd", "\\\\server\\share", "data/../../../secret", "", ".", "..", "a\0b"})
    void aPlaceOutsideOfTheFolderIsRefused(String location) throws IOException {
        write(initializer(location));
        assertMessage("expected weights in files of its folder", "which is refused");
    }

    @Test
    void aPlaceInANestedGraphOrAConstantIsSeenToo() throws IOException {
        NodeProto constant = NodeProto.newBuilder()
                .setOpType("Constant")
                .addAttribute(AttributeProto.newBuilder().setName("value").setT(external("../secret")))
                .build();
        GraphProto inner = GraphProto.newBuilder().addNode(constant).build();
        NodeProto branch = NodeProto.newBuilder()
                .setOpType("If")
                .addAttribute(AttributeProto.newBuilder().setName("then_branch").setG(inner))
                .build();
        write(GraphProto.newBuilder().addNode(branch).build());
        assertMessage("found the place ../secret");
    }

    @Test
    void aLinkThatLeadsOutOfTheFolderIsRefused() throws IOException {
        Files.createSymbolicLink(folder.resolve("weights.pb"), root.resolve("secret"));
        write(initializer("weights.pb"));
        assertMessage("found the place weights.pb, which is refused");
    }

    @Test
    void aFileThatIsNotThereIsNamed() throws IOException {
        write(initializer("weights.pb"));
        assertMessage("expected its weights in weights.pb beside it, found none");
    }

    @Test
    void theHuggingFaceCachesLinksAreFollowed() throws IOException {
        Path repository = root.resolve("models--a--b");
        Path blobs = Files.createDirectories(repository.resolve("blobs"));
        Path unet = Files.createDirectories(
                repository.resolve("snapshots").resolve("0123").resolve("unet"));
        sum().write(folder, "model.onnx_data");
        Files.move(folder.resolve("model.onnx"), blobs.resolve("abcd"));
        Files.move(folder.resolve("model.onnx_data"), blobs.resolve("ef01"));
        Files.createSymbolicLink(unet.resolve("model.onnx"), Path.of("../../../blobs/abcd"));
        Files.createSymbolicLink(unet.resolve("model.onnx_data"), Path.of("../../../blobs/ef01"));
        OnnxFile file = OnnxFile.read(unet.resolve("model.onnx"));
        assertFalse(file.isPlain());
        assertArrayEquals(new float[] {11, 12, 13, 14}, run(file));
    }

    @Test
    void aPlainFileGivesWhatItsGraphGives() throws IOException {
        sum().write(folder, "weights.pb");
        assertArrayEquals(new float[] {11, 12, 13, 14}, run(OnnxFile.read(folder.resolve("model.onnx"))));
    }

    @Test
    void graphsNestedWithoutEndAreRefused() throws IOException {
        GraphProto graph = GraphProto.getDefaultInstance();
        for (int depth = 0; depth < 40; depth++) {
            graph = GraphProto.newBuilder()
                    .addNode(NodeProto.newBuilder()
                            .addAttribute(AttributeProto.newBuilder().setG(graph)))
                    .build();
        }
        write(graph);
        assertMessage("expected an ONNX model", "nested more than 32 deep");
    }

    @Test
    void whatIsNoOnnxFileIsNamed() throws IOException {
        Files.writeString(folder.resolve("model.onnx"), "version https://git-lfs.github.com/spec/v1");
        assertMessage("model.onnx: expected an ONNX model, found");
    }

    private ExportedNetwork sum() {
        Path file = root.resolve("weights.safetensors");
        SafetensorsWriter.write(file, Map.of("w", Tensor.of(WEIGHTS.clone(), 4)), Map.of());
        SafetensorsFile header = SafetensorsFile.open(file);
        WeightTensor weight =
                new WeightTensor("w", file, header.fileOffset(header.tensor("w")), 16, DType.F32, List.of(4));
        GraphBuilder builder = new GraphBuilder("sum");
        Value x = builder.input("x", ElementType.FLOAT32, "4");
        builder.output("y", builder.add(x, builder.weight(weight)), "4");
        Graph graph = builder.build();
        return new ExportedNetwork(graph);
    }

    private static float[] run(OnnxFile file) {
        try (InferenceSession session = InferenceSession.open(file, Device.CPU)) {
            Tensor ten = Tensor.of(new float[] {10, 10, 10, 10}, 4);
            return session.run(Map.of("x", ten), "y", Progress.NONE).values();
        }
    }

    private static GraphProto initializer(String location) {
        return GraphProto.newBuilder().addInitializer(external(location)).build();
    }

    private static TensorProto external(String location) {
        return TensorProto.newBuilder()
                .setName("w")
                .setDataType(DataType.FLOAT.getNumber())
                .addDims(4)
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue(location))
                .build();
    }

    private void write(GraphProto graph) throws IOException {
        Files.write(
                folder.resolve("model.onnx"),
                ModelProto.newBuilder().setGraph(graph).build().toByteArray());
    }

    private void assertMessage(String... parts) {
        String message = assertThrows(CheckpointException.class, () -> OnnxFile.read(folder.resolve("model.onnx")))
                .getMessage();
        for (String part : parts) {
            assertTrue(message.contains(part), "expected \"" + part + "\" in: " + message);
        }
    }
}
