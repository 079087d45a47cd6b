package sc.fiji.diffusion.altered;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import ij.ImagePlus;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.util.Base64;
import java.util.BitSet;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts as files may bring them. */
@Timeout(60)
class AlteredPixelsTextTest {

    private static final AlteredPixels NONE = new AlteredPixels(10, 7, 3);

    @Test
    void whatIsWrittenIsReadBackTheSame() {
        Random random = new Random(1);
        for (int run = 0; run < 500; run++) {
            int width = 1 + random.nextInt(20);
            int height = 1 + random.nextInt(20);
            AlteredPixels pixels = new AlteredPixels(width, height, 5);
            for (int index = 1; index <= 5; index++) {
                BitSet slice = new BitSet();
                int count = random.nextInt(width * height + 1);
                random.ints(count, 0, width * height).forEach(slice::set);
                pixels.add(index, slice);
            }
            AlteredPixels none = new AlteredPixels(width, height, 5);
            Optional<AlteredPixels> read = AlteredPixelsText.read(AlteredPixelsText.write(pixels), none);
            if (pixels.isEmpty()) {
                assertTrue(read.isEmpty());
            } else {
                assertEquals(pixels.slices(), read.orElseThrow().slices(), width + "x" + height);
            }
        }
    }

    @Test
    void theFormatNeverChanges() throws Exception {
        String text = "1 10x7x3 2:" + deflated(new byte[] {0b0000_0101, 0b0000_0010});
        AlteredPixels read = AlteredPixelsText.read(text, NONE).orElseThrow();
        assertEquals(Set.of(2), read.slices().keySet());
        assertEquals("{0, 2, 9}", read.pixels(2).toString());
        AlteredPixels pixels = new AlteredPixels(10, 7, 3);
        BitSet slice = new BitSet();
        slice.set(0);
        slice.set(2);
        slice.set(9);
        pixels.add(2, slice);
        assertTrue(AlteredPixelsText.write(pixels).startsWith("1 10x7x3 2:"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1",
                "1 ",
                "1 10x7x3",
                "2 10x7x3 1:$",
                "1 10x8x3 1:$",
                "1 9x7x3 1:$",
                "1 10x7x4 1:$",
                "1 99999999999x7x3 1:$",
                "1 10x7x3 0:$",
                "1 10x7x3 4:$",
                "1 10x7x3 99999999999:$",
                "1 10x7x3 -1:$",
                "1 10x7x3 1:",
                "1 10x7x3 1:$ ",
                "1 10x7x3 1:$$",
                "1 10x7x3 1:AAAA",
                "1 10x7x3 1:%%%",
                "1 10x7x3 1$",
                "1 10x7x3 1:$ 1:$",
                "1 10x7x3 2:$ 1:$"
            })
    void damagedTextsGiveNone(String text) throws Exception {
        String damaged = text.replace("$", deflated(new byte[] {1}));
        assertEquals(Optional.empty(), AlteredPixelsText.read(damaged, NONE), damaged);
        ImagePlus image = AlteredPixelsTest.altered(1);
        image.setProp(AlteredPixelsText.KEY, damaged);
        assertTrue(AlteredPixels.of(image).isEmpty());
    }

    @Test
    void bitsBeyondTheImageAreDamage() throws Exception {
        assertTrue(
                AlteredPixelsText.read("1 10x7x3 1:" + deflated(bits(69)), NONE).isPresent());
        assertTrue(
                AlteredPixelsText.read("1 10x7x3 1:" + deflated(bits(70)), NONE).isEmpty());
        assertTrue(AlteredPixelsText.read("1 10x7x3 1:" + deflated(new byte[64]), NONE)
                .isEmpty());
    }

    @Test
    void aTextThatUnpacksToMuchMoreThanTheImageIsNotUnpacked() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bomb, new Deflater(9))) {
            out.write(new byte[64 << 20]);
        }
        String text = "1 10x7x3 1:" + Base64.getEncoder().encodeToString(bomb.toByteArray());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        assertEquals(Optional.empty(), AlteredPixelsText.read(text, NONE));
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertTrue(allocated < 1 << 20, () -> "allocated " + allocated + " bytes");
    }

    @Test
    void textsThatAreCutOrOverwrittenNeverGiveMoreThanTheImageHas() {
        AlteredPixels pixels = AlteredPixels.of(AlteredPixelsTest.altered(3));
        AlteredPixels none = new AlteredPixels(pixels.width(), pixels.height(), pixels.stackSize());
        String text = AlteredPixelsText.write(pixels);
        Random random = new Random(2);
        for (int length = 0; length < text.length(); length++) {
            assertFits(AlteredPixelsText.read(text.substring(0, length), none), text.substring(0, length));
            for (int run = 0; run < 50; run++) {
                StringBuilder changed = new StringBuilder(text);
                changed.setCharAt(length, (char) random.nextInt(128));
                assertFits(AlteredPixelsText.read(changed.toString(), none), changed.toString());
            }
        }
    }

    private static void assertFits(Optional<AlteredPixels> read, String text) {
        read.ifPresent(pixels -> pixels.slices().forEach((index, slice) -> {
            assertTrue(index >= 1 && index <= pixels.stackSize(), text);
            assertTrue(pixels.pixels(index).length() <= pixels.width() * pixels.height(), text);
            assertEquals(slice.count(), pixels.pixels(index).cardinality(), text);
        }));
    }

    private static byte[] bits(int index) {
        BitSet bits = new BitSet();
        bits.set(index);
        return bits.toByteArray();
    }

    private static String deflated(byte[] bytes) throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed)) {
            out.write(bytes);
        }
        return Base64.getEncoder().encodeToString(packed.toByteArray());
    }
}
