package sc.fiji.diffusion.engine.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PngChunksTest {

    private static final RgbImage IMAGE = new RgbImage(2, 1, new float[] {0, 1, 0.2f, 1, 0, 0.4f});

    @TempDir
    private Path folder;

    private byte[] written(PngText... texts) throws IOException {
        Path file = folder.resolve("a.png");
        PngFile.write(IMAGE, List.of(texts), file);
        return Files.readAllBytes(file);
    }

    @Test
    void textsOfAnyLanguageAndLengthAreReadBack() throws IOException {
        List<PngText> texts = List.of(
                new PngText("parameters", "a cell\nNegative prompt: é"),
                new PngText("parameters", "µ细胞\n😀"),
                new PngText("XML:com.adobe.xmp", "<x/>"),
                new PngText("empty", ""),
                new PngText("long", "x".repeat(200_000)));
        byte[] png = written(texts.toArray(PngText[]::new));
        assertEquals(texts, PngChunks.texts(new ByteArrayInputStream(png)));
    }

    @Test
    void onlyWhatLatin1LacksIsInternational() {
        assertEquals("tEXt", new PngText("parameters", "é\n").chunkType());
        assertEquals("iTXt", new PngText("parameters", "细").chunkType());
        assertEquals("iTXt", new PngText("XML:com.adobe.xmp", "a").chunkType(), "as XMP wants it");
        assertThrows(IllegalArgumentException.class, () -> new PngText("细", ""));
        assertThrows(IllegalArgumentException.class, () -> new PngText("", ""));
    }

    @Test
    void allOtherBytesStay() throws IOException {
        byte[] plain = written();
        byte[] told = written(new PngText("parameters", "a"));
        assertArrayEquals(Arrays.copyOf(plain, 33), Arrays.copyOf(told, 33));
        assertArrayEquals(
                Arrays.copyOfRange(plain, 33, plain.length),
                Arrays.copyOfRange(told, told.length - (plain.length - 33), told.length));
        Files.write(folder.resolve("b.png"), told);
        assertEquals(
                Arrays.toString(IMAGE.packed()),
                Arrays.toString(ImageFile.read(folder.resolve("b.png")).packed()));
    }

    @Test
    void compressedTextsOfOthersAreRead() throws IOException {
        byte[] plain = written();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(plain, 0, 33);
        chunk(out, "zTXt", "Dream\0\0", "\"a cell\"");
        chunk(out, "iTXt", "parameters\0\1\0de\0Angaben\0", "细");
        out.write(plain, 33, plain.length - 33);
        assertEquals(
                List.of(new PngText("Dream", "\"a cell\""), new PngText("parameters", "细")),
                PngChunks.texts(new ByteArrayInputStream(out.toByteArray())));
    }

    private static void chunk(ByteArrayOutputStream out, String type, String head, String text) throws IOException {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(data)) {
            deflater.write(text.getBytes(StandardCharsets.UTF_8));
        }
        out.writeBytes(new byte[] {0, 0, (byte) (data.size() >> 8), (byte) data.size()});
        out.writeBytes(type.getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(data.toByteArray());
        out.writeBytes(new byte[4]);
    }

    @Test
    void aFileThatBreaksOffGivesWhatItHas() throws IOException {
        byte[] png = written(new PngText("a", "one"), new PngText("b", "two"));
        for (int length = 0; length < png.length; length++) {
            int count = PngChunks.texts(new ByteArrayInputStream(Arrays.copyOf(png, length)))
                    .size();
            assertTrue(count <= 2, "at " + length);
        }
    }
}
