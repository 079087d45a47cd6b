package sc.fiji.diffusion.engine.safetensors;

import java.nio.ByteBuffer;

/** The bytes of a tensor's elements as float32. */
final class FloatDecoder {

    private FloatDecoder() {}

    static boolean decodes(DType type) {
        return switch (type) {
            case F64, F32, F16, BF16 -> true;
            default -> LongDecoder.decodes(type);
        };
    }

    /** All of a buffer (little-endian, whole elements) into {@code target} from {@code index} on. */
    static void decode(DType type, ByteBuffer source, float[] target, int index) {
        int count = source.remaining() / type.byteSize();
        switch (type) {
            case F32 -> source.asFloatBuffer().get(target, index, count);
            case F64 -> {
                for (int i = 0; i < count; i++) {
                    target[index + i] = (float) source.getDouble();
                }
            }
            case F16 -> {
                for (int i = 0; i < count; i++) {
                    target[index + i] = ofFloat16(source.getShort());
                }
            }
            case BF16 -> {
                for (int i = 0; i < count; i++) {
                    target[index + i] = Float.intBitsToFloat(source.getShort() << 16);
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    target[index + i] = LongDecoder.next(type, source);
                }
            }
        }
    }

    /** IEEE 754 binary16 to binary32, exact; a NaN keeps its sign and payload. */
    static float ofFloat16(short bits) {
        int sign = (bits & 0x8000) << 16;
        int exponent = bits >>> 10 & 0x1f;
        int fraction = bits & 0x3ff;
        if (exponent == 0) {
            // Zero and the subnormal numbers: multiples of 2^-24, all of them normal in binary32.
            float magnitude = fraction * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        int newExponent = exponent == 0x1f ? 0xff : exponent - 15 + 127;
        return Float.intBitsToFloat(sign | newExponent << 23 | fraction << 13);
    }
}
