package sc.fiji.diffusion.engine.metadata;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** The tags of a TIFF file's first picture (TIFF 6.0, section 2). Nothing is read but what is asked for. */
final class TiffFile implements AutoCloseable {

    private static final int HEADER_BYTES = 8;
    private static final int ENTRY_BYTES = 12;

    /** Bytes of a value's types, by their numbers. */
    private static final int[] TYPE_BYTES = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};

    /** More than any text that is read; a file may name what it likes. */
    private static final int MOST_BYTES = 1 << 26;

    private final FileChannel file;
    private final ByteOrder order;
    private final ByteBuffer folder;

    /**
     * @param offset in the file
     * @param bytes of all of it
     */
    record Value(long offset, long bytes) {}

    private TiffFile(FileChannel file) throws IOException {
        this.file = file;
        this.order = read(0, 1, ByteOrder.BIG_ENDIAN).get() == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        long start = Integer.toUnsignedLong(read(0, HEADER_BYTES).getInt(4));
        int entries = Short.toUnsignedInt(read(start, 2).getShort());
        this.folder = read(start, 2 + entries * ENTRY_BYTES);
    }

    static boolean isTiff(byte[] start) {
        String mark = new String(start, 0, Math.min(start.length, 4), StandardCharsets.ISO_8859_1);
        return mark.equals("II*\0") || mark.equals("MM\0*");
    }

    /** @throws IOException if it can't be read, or is broken off */
    static TiffFile open(Path path) throws IOException {
        FileChannel file = FileChannel.open(path);
        try {
            return new TiffFile(file);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    ByteOrder order() {
        return order;
    }

    /** Where the value of a tag lies, if the file has it, and it is more than fits into the folder itself. */
    Optional<Value> find(int tag) {
        int at = entry(folder, 0, tag);
        if (at < 0) {
            return Optional.empty();
        }
        int type = Short.toUnsignedInt(folder.getShort(at + 2));
        long bytes = Integer.toUnsignedLong(folder.getInt(at + 4)) * (type < TYPE_BYTES.length ? TYPE_BYTES[type] : 1);
        return bytes <= Integer.BYTES
                ? Optional.empty()
                : Optional.of(new Value(Integer.toUnsignedLong(folder.getInt(at + 8)), bytes));
    }

    /**
     * Bytes of the file, in its order.
     *
     * @throws EOFException if the file has not that many, or they are more than any text has
     */
    ByteBuffer read(long offset, long bytes) throws IOException {
        return read(offset, bytes, order);
    }

    private ByteBuffer read(long offset, long bytes, ByteOrder inOrder) throws IOException {
        if (offset < 0 || bytes < 0 || bytes > MOST_BYTES || offset > file.size() - bytes) {
            throw new EOFException(bytes + " bytes at " + offset);
        }
        ByteBuffer read = ByteBuffer.allocate((int) bytes).order(inOrder);
        while (read.hasRemaining()) {
            if (file.read(read, offset + read.position()) < 0) {
                throw new EOFException(bytes + " bytes at " + offset);
            }
        }
        return read.flip();
    }

    /** Where in a folder of tags one begins; -1 if it is not there. */
    static int entry(ByteBuffer tiff, int folder, int tag) {
        int count = Short.toUnsignedInt(tiff.getShort(folder));
        for (int i = 0; i < count; i++) {
            int at = folder + 2 + i * ENTRY_BYTES;
            if (Short.toUnsignedInt(tiff.getShort(at)) == tag) {
                return at;
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
