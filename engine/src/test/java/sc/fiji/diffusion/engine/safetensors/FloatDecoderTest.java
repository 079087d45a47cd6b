package sc.fiji.diffusion.engine.safetensors;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

class FloatDecoderTest {

    @Test
    void everyFloat16IsTheNumberOfItsFormula() {
        for (int bits = 0; bits <= 0xFFFF; bits++) {
            int exponent = bits >> 10 & 31;
            int fraction = bits & 1023;
            double sign = bits >> 15 == 0 ? 1 : -1;
            float found = FloatDecoder.ofFloat16((short) bits);
            if (exponent == 31 && fraction != 0) {
                assertTrue(Float.isNaN(found), "bits " + bits);
                continue;
            }
            double expected;
            if (exponent == 31) {
                expected = sign * Double.POSITIVE_INFINITY;
            } else if (exponent == 0) {
                expected = sign * fraction / 1024 * Math.pow(2, -14);
            } else {
                expected = sign * (1 + fraction / 1024.0) * Math.pow(2, exponent - 15);
            }
            // Compared as Doubles: -0 is not 0.
            assertEquals(Double.valueOf(expected), Double.valueOf(found), "bits " + bits);
        }
    }

    @Test
    void everyTypeWithAConversionIsConverted() {
        assertArrayEquals(
                new float[] {1.5f, -2},
                decoded(DType.F64, buffer(16).putDouble(1.5).putDouble(-2)));
        assertArrayEquals(
                new float[] {1.5f, -2},
                decoded(DType.F32, buffer(8).putFloat(1.5f).putFloat(-2)));
        assertArrayEquals(new float[] {1, -2}, decoded(DType.F16, shorts(0x3c00, 0xc000)));
        assertArrayEquals(new float[] {1, -2}, decoded(DType.BF16, shorts(0x3f80, 0xc000)));
        assertArrayEquals(
                new float[] {7, -2}, decoded(DType.I64, buffer(16).putLong(7).putLong(-2)));
        assertArrayEquals(
                new float[] {7, -2}, decoded(DType.I32, buffer(8).putInt(7).putInt(-2)));
        assertArrayEquals(
                new float[] {7, 4.2949673E+9f},
                decoded(DType.U32, buffer(8).putInt(7).putInt(-2)));
        assertArrayEquals(new float[] {7, -2}, decoded(DType.I16, shorts(7, -2)));
        assertArrayEquals(new float[] {7, 65534}, decoded(DType.U16, shorts(7, -2)));
        assertArrayEquals(new float[] {7, -2}, decoded(DType.I8, bytes(7, -2)));
        assertArrayEquals(new float[] {7, 254}, decoded(DType.U8, bytes(7, -2)));
        assertArrayEquals(new float[] {1, 0}, decoded(DType.BOOL, bytes(1, 0)));
    }

    private static float[] decoded(DType type, ByteBuffer bytes) {
        float[] values = new float[2];
        FloatDecoder.decode(type, bytes.flip(), values, 0);
        return values;
    }

    private static ByteBuffer buffer(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static ByteBuffer shorts(int first, int second) {
        return buffer(4).putShort((short) first).putShort((short) second);
    }

    private static ByteBuffer bytes(int first, int second) {
        return buffer(2).put((byte) first).put((byte) second);
    }
}
