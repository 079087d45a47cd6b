package sc.fiji.diffusion.engine.safetensors;

import java.nio.ByteBuffer;

/** The bytes of a tensor's integers as 64-bit integers. */
final class LongDecoder {

    private LongDecoder() {}

    static boolean decodes(DType type) {
        return switch (type) {
            case I64, I32, I16, I8, U32, U16, U8, BOOL -> true;
            default -> false;
        };
    }

    /** All of a buffer (little-endian, whole elements) into {@code target} from {@code index} on. */
    static void decode(DType type, ByteBuffer source, long[] target, int index) {
        int count = source.remaining() / type.byteSize();
        for (int i = 0; i < count; i++) {
            target[index + i] = next(type, source);
        }
    }

    static long next(DType type, ByteBuffer source) {
        return switch (type) {
            case I64 -> source.getLong();
            case I32 -> source.getInt();
            case I16 -> source.getShort();
            case I8 -> source.get();
            case U32 -> source.getInt() & 0xFFFFFFFFL;
            case U16 -> source.getShort() & 0xFFFF;
            case U8 -> source.get() & 0xFF;
            case BOOL -> source.get() == 0 ? 0 : 1;
            default -> throw new IllegalArgumentException(type + " is not a type of integers");
        };
    }
}
