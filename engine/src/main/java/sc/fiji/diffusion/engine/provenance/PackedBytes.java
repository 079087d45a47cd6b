package sc.fiji.diffusion.engine.provenance;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Bytes as a text that fits into JSON and image properties: Base64 of a zlib stream. */
public final class PackedBytes {

    private static final int CHUNK = 8192;

    private PackedBytes() {}

    public static String pack(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(bytes);
            deflater.finish();
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            byte[] chunk = new byte[CHUNK];
            while (!deflater.finished()) {
                out.write(chunk, 0, deflater.deflate(chunk));
            }
            return Base64.getEncoder().encodeToString(out.toByteArray());
        } finally {
            deflater.end();
        }
    }

    /** The bytes of a text that anybody may have written; empty unless it is exactly one stream of no more than {@code most}. */
    public static Optional<byte[]> unpack(String text, int most) {
        Inflater inflater = new Inflater();
        try {
            inflater.setInput(Base64.getDecoder().decode(text));
            // A byte more than there can be, so that what is too long shows.
            byte[] bytes = new byte[Math.addExact(most, 1)];
            int length = 0;
            int read = -1;
            while (read != 0 && length < bytes.length) {
                read = inflater.inflate(bytes, length, bytes.length - length);
                length += read;
            }
            boolean whole = inflater.finished() && inflater.getRemaining() == 0 && length <= most;
            return whole ? Optional.of(Arrays.copyOf(bytes, length)) : Optional.empty();
        } catch (DataFormatException | IllegalArgumentException damaged) {
            return Optional.empty();
        } finally {
            inflater.end();
        }
    }
}
