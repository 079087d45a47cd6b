package sc.fiji.diffusion.engine.graph;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;

/** The types of values in our graphs. */
public enum ElementType {
    FLOAT32(DataType.FLOAT),
    FLOAT16(DataType.FLOAT16),
    INT8(DataType.INT8),
    UINT8(DataType.UINT8),
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
