package sc.fiji.diffusion.engine.safetensors;

import java.util.Optional;

/** Element types of the safetensors format, by the names in its headers. Little-endian throughout. */
public enum DType {
    F64(8),
    F32(4),
    F16(2),
    BF16(2),
    F8_E4M3(1),
    F8_E4M3FNUZ(1),
    F8_E5M2(1),
    F8_E5M2FNUZ(1),
    F8_E8M0(1),
    C64(8),
    I64(8),
    I32(4),
    I16(2),
    I8(1),
    U64(8),
    U32(4),
    U16(2),
    U8(1),
    BOOL(1);

    private final int byteSize;

    DType(int byteSize) {
        this.byteSize = byteSize;
    }

    /** Bytes of one element. */
    public int byteSize() {
        return byteSize;
    }

    /** True for floating point numbers, of whatever size. */
    public boolean isFloating() {
        return name().startsWith("F") || this == BF16;
    }

    static Optional<DType> ofName(String name) {
        for (DType type : values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
