package sc.fiji.diffusion.engine.runtime;

import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.checkpoint.onnx.OnnxFile;
import sc.fiji.diffusion.engine.graph.Graph;

/**
 * An ONNX file whose weights are behind symbolic links, as in the Hugging Face cache. ONNX Runtime refuses links that
 * leave the folder, so the graph is made to name the real files.
 */
final class LinkedWeights {

    private static final String LOCATION = "location";

    private LinkedWeights() {}

    /** The graph with real places for its weights, all below one folder. */
    static Graph resolved(OnnxFile file) {
        try (InputStream in = Files.newInputStream(file.path())) {
            ModelProto.Builder model = ModelProto.parseFrom(in).toBuilder();
            Path folder = Objects.requireNonNull(file.path().toRealPath().getParent(), "a real file has a folder");
            for (Path data : file.data().values()) {
                while (!data.toRealPath().startsWith(folder)) {
                    folder = Objects.requireNonNull(folder.getParent(), "links of one cache have one root");
                }
            }
            for (TensorProto.Builder tensor : model.getGraphBuilder().getInitializerBuilderList()) {
                for (StringStringEntryProto.Builder entry : tensor.getExternalDataBuilderList()) {
                    if (entry.getKey().equals(LOCATION)) {
                        Path real = file.data().get(entry.getValue()).toRealPath();
                        entry.setValue(folder.relativize(real).toString().replace('\\', '/'));
                    }
                }
            }
            return new Graph(file.path().toString(), model.build(), folder, file.bytes());
        } catch (IOException e) {
            throw new CheckpointException(
                    file.path() + ": expected an ONNX model that can be read, found " + e.getMessage(), e);
        }
    }
}
