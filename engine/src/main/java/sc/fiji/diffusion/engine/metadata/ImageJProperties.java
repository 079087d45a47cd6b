package sc.fiji.diffusion.engine.metadata;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The properties of an image that ImageJ keeps in its TIFF files, in two tags of its own ({@code ij.io.TiffEncoder}): the
 * lengths of all that it keeps, and after a list of its kinds all that, of which properties are UTF-16, key and value by
 * turns.
 */
final class ImageJProperties {

    private static final int LENGTHS = 50838;
    private static final int DATA = 50839;
    private static final int MAGIC = 0x494a494a; // "IJIJ"
    private static final int PROPERTIES = 0x70726f70; // "prop"
    private static final int KIND_BYTES = 2 * Integer.BYTES;
    private static final int LONGEST_KEY_BYTES = 1024;

    private ImageJProperties() {}

    /** @throws IOException if the file is broken off, or lies about its lengths */
    static Optional<String> find(TiffFile file, String key) throws IOException {
        Optional<TiffFile.Value> lengths = file.find(LENGTHS);
        Optional<TiffFile.Value> data = file.find(DATA);
        if (lengths.isEmpty() || data.isEmpty()) {
            return Optional.empty();
        }
        ByteBuffer each = file.read(lengths.get().offset(), lengths.get().bytes());
        long offset = data.get().offset();
        ByteBuffer kinds = file.read(offset, Integer.toUnsignedLong(each.getInt()));
        if (kinds.remaining() < Integer.BYTES || kinds.getInt() != MAGIC) {
            return Optional.empty();
        }
        offset += kinds.limit();
        while (kinds.remaining() >= KIND_BYTES) {
            boolean isProperties = kinds.getInt() == PROPERTIES;
            int number = kinds.getInt();
            if (isProperties) {
                return value(file, offset, each, number, key);
            }
            for (int i = 0; i < number && each.remaining() >= Integer.BYTES; i++) {
                offset += Integer.toUnsignedLong(each.getInt());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> value(TiffFile file, long first, ByteBuffer lengths, int number, String key)
            throws IOException {
        long offset = first;
        for (int i = 0; i + 1 < number && lengths.remaining() >= 2 * Integer.BYTES; i += 2) {
            long keyBytes = Integer.toUnsignedLong(lengths.getInt());
            long valueBytes = Integer.toUnsignedLong(lengths.getInt());
            if (keyBytes <= LONGEST_KEY_BYTES && text(file, offset, keyBytes).equals(key)) {
                return Optional.of(text(file, offset + keyBytes, valueBytes));
            }
            offset += keyBytes + valueBytes;
        }
        return Optional.empty();
    }

    private static String text(TiffFile file, long offset, long bytes) throws IOException {
        Charset charset =
                file.order().equals(ByteOrder.LITTLE_ENDIAN) ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
        return charset.decode(file.read(offset, bytes)).toString();
    }
}
