package sc.fiji.diffusion.engine.safetensors;

/** Numbers as IEEE 754 binary16, the type {@link DType#F16}. */
public final class HalfFloat {

    private static final int SIGN = 0x8000;
    private static final int INFINITY = 0x7c00;

    /** What lies from here on is rounded to infinity: half a unit above 65504. */
    private static final float OVERFLOW = 65520;

    private static final float SMALLEST_NORMAL = 0x1p-14f;

    /** One unit in the last place of the subnormal numbers. */
    private static final float SUBNORMAL_UNIT = 0x1p-24f;

    /** What the exponents' biases, 127 and 15, differ by, in binary16's place. */
    private static final int EXPONENT_SHIFT = (127 - 15) << 10;

    /** Bits of binary32's fraction that binary16 lacks. */
    private static final int DROPPED_BITS = 13;

    private HalfFloat() {}

    /** The bits of the nearest number, of two equally near ones the even one; a NaN stays one. */
    public static short of(float value) {
        int sign = Float.floatToRawIntBits(value) >>> 16 & SIGN;
        float magnitude = Math.abs(value);
        if (Float.isNaN(value)) {
            return (short) (sign | INFINITY | 1 << 9);
        }
        if (magnitude >= OVERFLOW) {
            return (short) (sign | INFINITY);
        }
        if (magnitude < SMALLEST_NORMAL) {
            return (short) (sign | (int) Math.rint((double) magnitude / SUBNORMAL_UNIT));
        }
        int bits = Float.floatToRawIntBits(magnitude);
        int even = bits >>> DROPPED_BITS & 1;
        int half = 1 << (DROPPED_BITS - 1);
        int rounded = (bits + half - 1 + even) >>> DROPPED_BITS;
        return (short) (sign | (rounded - EXPONENT_SHIFT));
    }
}
