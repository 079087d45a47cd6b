package sc.fiji.diffusion.engine.graph;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;

/** The types of values in our graphs. */
public enum ElementType {
    FLOAT32(DataType.FLOAT),
    INT32(DataType.INT32),
    INT64(DataType.INT64);

    private final DataType onnx;

    ElementType(DataType onnx) {
        this.onnx = onnx;
    }

    int onnxNumber() {
        return onnx.getNumber();
    }
}
