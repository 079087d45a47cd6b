package sc.fiji.diffusion.engine.image;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.InflaterInputStream;

/** The texts among a PNG file's chunks. */
public final class PngChunks {

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    /** Of the signature and of the header, which comes first and always has 13 bytes. */
    private static final int HEADER_END = 33;

    /** Far above any real one; longer ones are passed over. */
    private static final int LONGEST = 1 << 24;

    private static final int MOST_TEXTS = 256;

    private PngChunks() {}

    /** Whether a file begins as PNG files do. */
    public static boolean isPng(byte[] start) {
        return start.length >= SIGNATURE.length && Arrays.equals(SIGNATURE, Arrays.copyOf(start, SIGNATURE.length));
    }

    /**
     * A PNG file with further texts before its pixels; all other bytes stay.
     *
     * @param png a whole file, as Java writes it
     */
    public static byte[] with(byte[] png, List<PngText> texts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(png.length);
        out.write(png, 0, HEADER_END);
        texts.forEach(text -> writeChunk(out, text.chunkType(), text.chunkData()));
        out.write(png, HEADER_END, png.length - HEADER_END);
        return out.toByteArray();
    }

    private static void writeChunk(ByteArrayOutputStream out, String type, byte[] data) {
        byte[] typed = ByteBuffer.allocate(4 + data.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .array();
        CRC32 checksum = new CRC32();
        checksum.update(typed);
        out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        out.writeBytes(typed);
        out.writeBytes(ByteBuffer.allocate(4).putInt((int) checksum.getValue()).array());
    }

    /**
     * The texts of a PNG file, in their order. Those that are broken are passed over, and at most 256 of at most 16
     * million characters are read; where the file breaks off, so does the list.
     *
     * @param png from its first byte on; is not closed
     */
    public static List<PngText> texts(InputStream png) throws IOException {
        DataInputStream in = new DataInputStream(png);
        List<PngText> texts = new ArrayList<>();
        try {
            in.skipNBytes(SIGNATURE.length);
            while (texts.size() < MOST_TEXTS) {
                int length = in.readInt();
                String type = new String(in.readNBytes(4), StandardCharsets.US_ASCII);
                if (length < 0 || type.equals("IEND")) {
                    break;
                }
                if (List.of("tEXt", "zTXt", "iTXt").contains(type) && length <= LONGEST) {
                    text(type, in.readNBytes(length)).ifPresent(texts::add);
                } else {
                    in.skipNBytes(length);
                }
                in.skipNBytes(4);
            }
        } catch (EOFException brokenOff) {
            return texts;
        }
        return texts;
    }

    private static Optional<PngText> text(String type, byte[] data) {
        int end = indexOfZero(data, 0);
        if (end < 0) {
            return Optional.empty();
        }
        String keyword = new String(data, 0, end, StandardCharsets.ISO_8859_1);
        try {
            String text =
                    switch (type) {
                        case "tEXt" -> decoded(data, end + 1, false, StandardCharsets.ISO_8859_1);
                        case "zTXt" -> decoded(data, end + 2, true, StandardCharsets.ISO_8859_1);
                        default -> international(data, end + 1);
                    };
            return Optional.of(new PngText(keyword, text));
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException broken) {
            return Optional.empty();
        }
    }

    /** @param at of the compression flag, behind which are the method, the language and the translated keyword */
    private static String international(byte[] data, int at) throws IOException {
        int language = indexOfZero(data, at + 2);
        int translated = indexOfZero(data, language + 1);
        if (language < 0 || translated < 0) {
            throw new IOException("no text");
        }
        return decoded(data, translated + 1, data[at] == 1, StandardCharsets.UTF_8);
    }

    private static String decoded(byte[] data, int from, boolean isCompressed, Charset charset) throws IOException {
        byte[] bytes = Arrays.copyOfRange(data, from, data.length);
        if (isCompressed) {
            try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
                bytes = in.readNBytes(LONGEST);
            }
        }
        return new String(bytes, charset);
    }

    private static int indexOfZero(byte[] data, int from) {
        for (int i = Math.max(from, 0); i < data.length; i++) {
            if (data[i] == 0) {
                return i;
            }
        }
        return -1;
    }
}
