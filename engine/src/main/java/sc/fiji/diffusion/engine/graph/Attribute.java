package sc.fiji.diffusion.engine.graph;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.AttributeProto.AttributeType;
import com.google.protobuf.ByteString;
import java.util.Arrays;

/** A named constant of a node, such as the strides of a convolution. */
public final class Attribute {

    private final AttributeProto proto;

    private Attribute(AttributeProto.Builder proto, String name, AttributeType type) {
        this.proto = proto.setName(name).setType(type).build();
    }

    public static Attribute integer(String name, long value) {
        return new Attribute(AttributeProto.newBuilder().setI(value), name, AttributeType.INT);
    }

    public static Attribute integers(String name, long... values) {
        AttributeProto.Builder proto = AttributeProto.newBuilder();
        Arrays.stream(values).forEach(proto::addInts);
        return new Attribute(proto, name, AttributeType.INTS);
    }

    public static Attribute number(String name, double value) {
        return new Attribute(AttributeProto.newBuilder().setF((float) value), name, AttributeType.FLOAT);
    }

    public static Attribute text(String name, String value) {
        return new Attribute(
                AttributeProto.newBuilder().setS(ByteString.copyFromUtf8(value)), name, AttributeType.STRING);
    }

    AttributeProto proto() {
        return proto;
    }
}
