package sc.fiji.diffusion.engine.graph;

import ai.onnx.proto.OnnxMl.ModelProto;
import java.nio.file.Path;

/**
 * A finished graph, ready to be opened by ONNX Runtime.
 *
 * @param name of the network, for messages
 * @param model the ONNX model, its weights references to files below {@code weightsFolder}
 * @param weightsFolder what the references are relative to
 * @param float32Bytes memory that the weights take once they are read
 */
public record Graph(String name, ModelProto model, Path weightsFolder, long float32Bytes) {}
