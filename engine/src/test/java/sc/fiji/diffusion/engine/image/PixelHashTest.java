package sc.fiji.diffusion.engine.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PixelHashTest {

    private static String sha256(String head, int... bytes) throws IOException, NoSuchAlgorithmException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(head.getBytes(StandardCharsets.US_ASCII));
        for (int value : bytes) {
            all.write(value);
        }
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(all.toByteArray()));
    }

    @Test
    void aHashIsThatOfTheTypeTheSizeAndTheBytesInOrder() throws IOException, NoSuchAlgorithmException {
        assertEquals(sha256("gray8 2x1\n", 1, 255), PixelHash.ofGray8(2, 1, new byte[] {1, (byte) 255}));
        assertEquals(
                sha256("gray16 1x2\n", 1, 2, 255, 254), PixelHash.ofGray16(1, 2, new short[] {0x0102, (short) 0xFFFE}));
        assertEquals(sha256("gray32f 1x1\n", 0x3F, 0x80, 0, 0), PixelHash.ofGray32(1, 1, new float[] {1}));
        assertEquals(sha256("rgb8 1x1\n", 1, 2, 3), PixelHash.ofRgb(1, 1, new int[] {0xFF010203}));
        assertEquals(
                sha256("rgb32f 1x1\n", 0x3F, 0, 0, 0, 0, 0, 0, 0, 0x3F, 0x80, 0, 0),
                PixelHash.of(new RgbImage(1, 1, new float[] {0.5f, 0, 1})));
    }

    @Test
    void aPictureOfEightBitsHasOneHashHoweverItIsHeld() {
        Random random = new Random(1);
        int[] packed = random.ints(300 * 200, 0, 1 << 24).toArray();
        float[] samples = new float[3 * packed.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = ((packed[i / 3] >> (16 - 8 * (i % 3))) & 0xFF) / 255f;
        }
        RgbImage image = new RgbImage(300, 200, samples);
        assertEquals(PixelHash.ofRgb(300, 200, packed), PixelHash.of(image));
        samples[17] = Math.nextUp(samples[17]);
        assertNotEquals(PixelHash.ofRgb(300, 200, packed), PixelHash.of(image), "a float beside it");
    }

    @Test
    void sizeAndTypeAreHashedToo() {
        byte[] pixels = new byte[6];
        assertNotEquals(PixelHash.ofGray8(2, 3, pixels), PixelHash.ofGray8(3, 2, pixels));
        assertNotEquals(PixelHash.ofGray8(6, 1, pixels), PixelHash.ofGray16(3, 1, new short[3]));
    }
}
