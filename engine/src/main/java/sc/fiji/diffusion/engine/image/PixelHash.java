package sc.fiji.diffusion.engine.image;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.function.ObjIntConsumer;

/**
 * SHA-256 of pixels, in hexadecimal: of a line of ASCII, {@code <type> <width>x<height>} and a line feed, and of all
 * pixels, row by row from the top, each row from the left, big-endian. Types:
 *
 * <ul>
 *   <li>{@code gray8}: one byte a pixel
 *   <li>{@code gray16}: two bytes a pixel, unsigned
 *   <li>{@code gray32f}: an IEEE 754 float of four bytes a pixel, its bits as they are
 *   <li>{@code rgb8}: three bytes a pixel, red, green, blue
 *   <li>{@code rgb32f}: three floats a pixel, red, green, blue, 0 to 1
 * </ul>
 *
 * <p>A picture or mask of floats whose values all are whole 255ths counts as {@code rgb8} or {@code gray8}: so a file
 * with 8 bits a channel has one hash, whoever has opened it. Pixels go through a small buffer; they are never copied as a
 * whole.
 */
public final class PixelHash {

    private static final int BUFFER_BYTES = 1 << 16;
    private static final float WHITE = 255f;

    private PixelHash() {}

    /** Of a colour picture: {@code rgb8} if all of its samples are whole 255ths, else {@code rgb32f}. */
    public static String of(RgbImage image) {
        float[] samples = image.samples();
        return isEightBit(samples)
                ? hash("rgb8", image.width(), image.height(), samples.length, 1, PixelHash.levels(samples))
                : hash("rgb32f", image.width(), image.height(), samples.length, Float.BYTES, floats(samples));
    }

    /** Of a mask: {@code gray8} if all of its values are whole 255ths, else {@code gray32f}. */
    public static String of(Mask mask) {
        float[] values = mask.values();
        return isEightBit(values)
                ? hash("gray8", mask.width(), mask.height(), values.length, 1, PixelHash.levels(values))
                : ofGray32(mask.width(), mask.height(), values);
    }

    /** Of 8-bit pixels, or of the numbers of a palette's colours. */
    public static String ofGray8(int width, int height, byte[] pixels) {
        return hash("gray8", width, height, pixels.length, 1, (buffer, i) -> buffer.put(pixels[i]));
    }

    /** Of 16-bit pixels. */
    public static String ofGray16(int width, int height, short[] pixels) {
        return hash("gray16", width, height, pixels.length, Short.BYTES, (buffer, i) -> buffer.putShort(pixels[i]));
    }

    /** Of 32-bit pixels. */
    public static String ofGray32(int width, int height, float[] pixels) {
        return hash("gray32f", width, height, pixels.length, Float.BYTES, floats(pixels));
    }

    /** Of colours as {@code 0xRRGGBB}; the highest byte plays no part. */
    public static String ofRgb(int width, int height, int[] pixels) {
        return hash("rgb8", width, height, pixels.length, 3, (buffer, i) -> buffer.put((byte) (pixels[i] >> 16))
                .put((byte) (pixels[i] >> 8))
                .put((byte) pixels[i]));
    }

    private static boolean isEightBit(float[] values) {
        for (float value : values) {
            int level = level(value);
            if (level < 0 || level > WHITE || level / WHITE != value) {
                return false;
            }
        }
        return true;
    }

    private static int level(float value) {
        return (int) Math.rint(value * WHITE);
    }

    private static ObjIntConsumer<ByteBuffer> levels(float[] values) {
        return (buffer, i) -> buffer.put((byte) level(values[i]));
    }

    private static ObjIntConsumer<ByteBuffer> floats(float[] values) {
        return (buffer, i) -> buffer.putInt(Float.floatToRawIntBits(values[i]));
    }

    private static String hash(
            String type, int width, int height, int count, int bytes, ObjIntConsumer<ByteBuffer> element) {
        MessageDigest digest = sha256();
        digest.update((type + " " + width + "x" + height + "\n").getBytes(StandardCharsets.US_ASCII));
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
        for (int i = 0; i < count; i++) {
            if (buffer.remaining() < bytes) {
                digest.update(buffer.flip());
                buffer.clear();
            }
            element.accept(buffer, i);
        }
        digest.update(buffer.flip());
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
