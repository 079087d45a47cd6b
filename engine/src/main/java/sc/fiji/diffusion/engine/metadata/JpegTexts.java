package sc.fiji.diffusion.engine.metadata;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import sc.fiji.diffusion.engine.image.PngText;

/** The texts of a JPEG file under the names that they would have in a PNG file: Exif's user comment, and XMP. */
final class JpegTexts {

    private static final int APP0 = 0xFFE0;
    private static final int APP1 = 0xFFE1;
    private static final int LONGEST_SEGMENT = 0xFFFF - 2;
    private static final int START_OF_SCAN = 0xFFDA;
    private static final int MOST_SEGMENTS = 1024;
    private static final String EXIF = "Exif\0\0";
    private static final String XMP = "http://ns.adobe.com/xap/1.0/\0";
    private static final int EXIF_FOLDER = 0x8769;
    private static final int USER_COMMENT = 0x9286;
    private static final int CHARSET_BYTES = 8;

    private JpegTexts() {}

    static boolean isJpeg(byte[] start) {
        return start.length > 2 && (start[0] & 0xFF) == 0xFF && (start[1] & 0xFF) == 0xD8;
    }

    /**
     * A JPEG file with an XMP packet before its picture; all other bytes stay.
     *
     * @param jpeg a whole file, which begins with a JFIF segment or with none
     * @param packet of at most 65502 bytes, as a segment holds no more
     */
    static byte[] with(byte[] jpeg, String packet) {
        byte[] data = (XMP + packet).getBytes(StandardCharsets.UTF_8);
        if (data.length > LONGEST_SEGMENT) {
            throw new IllegalArgumentException("packet: expected one that fits into a segment, found " + data.length);
        }
        ByteBuffer file = ByteBuffer.wrap(jpeg);
        boolean hasJfif = jpeg.length > 6 && Short.toUnsignedInt(file.getShort(2)) == APP0;
        int at = hasJfif ? 4 + Short.toUnsignedInt(file.getShort(4)) : 2;
        return ByteBuffer.allocate(jpeg.length + 4 + data.length)
                .put(jpeg, 0, at)
                .putShort((short) APP1)
                .putShort((short) (data.length + 2))
                .put(data)
                .put(jpeg, at, jpeg.length - at)
                .array();
    }

    /** @param jpeg from its first byte on; is not closed */
    static List<PngText> texts(InputStream jpeg) throws IOException {
        DataInputStream in = new DataInputStream(jpeg);
        List<PngText> texts = new ArrayList<>();
        try {
            in.skipNBytes(2);
            for (int segments = 0; segments < MOST_SEGMENTS; segments++) {
                int marker = in.readUnsignedShort();
                int length = in.readUnsignedShort() - 2;
                if (marker == START_OF_SCAN || marker < 0xFF00 || length < 0) {
                    break;
                }
                byte[] segment = in.readNBytes(length);
                if (marker == APP1) {
                    text(segment).ifPresent(texts::add);
                }
            }
        } catch (EOFException brokenOff) {
            return texts;
        }
        return texts;
    }

    private static Optional<PngText> text(byte[] segment) {
        String start = new String(segment, 0, Math.min(segment.length, XMP.length()), StandardCharsets.ISO_8859_1);
        if (start.startsWith(XMP)) {
            int from = XMP.length();
            return Optional.of(
                    new PngText(Xmp.KEYWORD, new String(segment, from, segment.length - from, StandardCharsets.UTF_8)));
        }
        if (!start.startsWith(EXIF)) {
            return Optional.empty();
        }
        try {
            ByteBuffer tiff = ByteBuffer.wrap(segment, EXIF.length(), segment.length - EXIF.length())
                    .slice();
            return userComment(tiff).map(text -> new PngText(WebuiParameters.KEYWORD, text));
        } catch (BufferUnderflowException | IndexOutOfBoundsException | IllegalArgumentException broken) {
            return Optional.empty();
        }
    }

    private static Optional<String> userComment(ByteBuffer tiff) {
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int exif = TiffFile.entry(tiff, tiff.getInt(4), EXIF_FOLDER);
        int comment = exif < 0 ? -1 : TiffFile.entry(tiff, tiff.getInt(exif + 8), USER_COMMENT);
        if (comment < 0) {
            return Optional.empty();
        }
        int count = tiff.getInt(comment + 4);
        int at = tiff.getInt(comment + 8);
        if (count <= CHARSET_BYTES || at < 0 || count > tiff.limit() - at) {
            return Optional.empty();
        }
        byte[] bytes = new byte[count];
        tiff.position(at).get(bytes);
        Charset charset = bytes[0] == 'U' ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8;
        return Optional.of(new String(bytes, CHARSET_BYTES, count - CHARSET_BYTES, charset));
    }
}
