package sc.fiji.diffusion.engine.graph;

import ai.onnx.proto.OnnxMl.TensorProto.DataType;

/** The types of values in our graphs. */
public enum ElementType {
    FLOAT32(DataType.FLOAT, 4),
    FLOAT16(DataType.FLOAT16, 2),
    INT8(DataType.INT8, 1),
    UINT8(DataType.UINT8, 1),
    INT32(DataType.INT32, 4),
    INT64(DataType.INT64, 8);

    private final DataType onnx;
    private final int byteSize;

    ElementType(DataType onnx, int byteSize) {
        this.onnx = onnx;
        this.byteSize = byteSize;
    }

    int byteSize() {
        return byteSize;
    }

    int onnxNumber() {
        return onnx.getNumber();
    }
}
