package sc.fiji.diffusion.engine.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import sc.fiji.diffusion.engine.CheckpointException;

/** Reads the header of a file that may be anything, and checks what safetensors' reference implementation checks. */
final class HeaderReader {

    private static final int LENGTH_BYTES = 8;

    /** The reference implementation's bound. */
    private static final long LONGEST_HEADER = 100_000_000;

    private static final List<String> PICKLE_ENDINGS = List.of(".ckpt", ".pt", ".pth", ".bin", ".pkl");

    private HeaderReader() {}

    static SafetensorsFile read(Path path) {
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new CheckpointException(path + ": expected a safetensors file, found something else than a file");
        }
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = channel.size();
            byte[] start = bytes(channel, 0, (int) Math.min(LENGTH_BYTES, size));
            long length = headerLength(path, start, size);
            HeaderParser.Header header =
                    HeaderParser.parse(path, text(path, bytes(channel, LENGTH_BYTES, (int) length)));
            long dataStart = LENGTH_BYTES + length;
            Map<String, TensorInfo> tensors = inFileOrder(path, header.tensors(), size - dataStart);
            return new SafetensorsFile(path, dataStart, tensors, Collections.unmodifiableMap(header.metadata()));
        } catch (NoSuchFileException missing) {
            throw new CheckpointException(path + ": expected a safetensors file, found nothing of that name", missing);
        } catch (IOException failed) {
            throw new CheckpointException(path + ": expected a safetensors file, can't read it: " + failed, failed);
        }
    }

    private static long headerLength(Path path, byte[] start, long size) {
        if (start.length < LENGTH_BYTES) {
            throw notSafetensors(path, start, "at least 8 bytes", "a file of " + size);
        }
        long length = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getLong();
        long most = Math.min(LONGEST_HEADER, size - LENGTH_BYTES);
        if (length < 0 || length > most) {
            throw notSafetensors(
                    path,
                    start,
                    "a header of at most " + most + " bytes (the file has " + size + ")",
                    "the length " + Long.toUnsignedString(length));
        }
        return length;
    }

    /** Names what users often have instead of a safetensors file. */
    private static CheckpointException notSafetensors(Path path, byte[] start, String expected, String found) {
        if (isPickle(path, start)) {
            return new CheckpointException(path + ": expected a .safetensors file, found a pickle of PyTorch's;"
                    + " those can run any code when they are opened, so they are never read here");
        }
        if (new String(start, StandardCharsets.ISO_8859_1).startsWith("version ")) {
            return new CheckpointException(path + ": expected a safetensors file, found a Git LFS pointer to one;"
                    + " the file itself was not downloaded");
        }
        return new CheckpointException(path + ": expected a safetensors file with " + expected + ", found " + found);
    }

    /** Whether it is a file of PyTorch's, by its first bytes or its name. */
    static boolean isPickle(Path path) {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            return isPickle(path, bytes(channel, 0, (int) Math.min(LENGTH_BYTES, channel.size())));
        } catch (IOException failed) {
            throw new CheckpointException(path + ": expected a file that can be read, found " + failed, failed);
        }
    }

    private static boolean isPickle(Path path, byte[] start) {
        String name = path.toString().toLowerCase(Locale.ROOT);
        String first = new String(start, StandardCharsets.ISO_8859_1);
        boolean zip = first.startsWith("PK\u0003\u0004");
        // Protocols 2 to 5, which begin with PROTO and its number.
        boolean pickle = first.length() > 1 && first.charAt(0) == 0x80 && first.charAt(1) >= 2 && first.charAt(1) <= 5;
        return zip || pickle || PICKLE_ENDINGS.stream().anyMatch(name::endsWith);
    }

    private static byte[] bytes(FileChannel channel, long offset, int count) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(count);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer, offset + buffer.position()) < 0) {
                throw new IOException("it ended while it was read");
            }
        }
        return buffer.array();
    }

    private static String text(Path path, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new CheckpointException(path + ": header: expected UTF-8, found other bytes", notUtf8);
        }
    }

    /** Every byte of the data belongs to exactly one tensor. */
    private static Map<String, TensorInfo> inFileOrder(Path path, Map<String, TensorInfo> tensors, long dataLength) {
        List<TensorInfo> sorted = new ArrayList<>(tensors.values());
        sorted.sort(Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end));
        Map<String, TensorInfo> inOrder = new LinkedHashMap<>();
        long end = 0;
        for (TensorInfo info : sorted) {
            if (info.begin() != end || info.end() > dataLength) {
                throw new CheckpointException(path + ": tensor " + info.name() + ": expected data_offsets from " + end
                        + " and up to " + dataLength + ", found " + info.begin() + " to " + info.end());
            }
            end = info.end();
            inOrder.put(info.name(), info);
        }
        if (end != dataLength) {
            throw new CheckpointException(
                    path + ": expected " + end + " bytes of tensors after the header, found " + dataLength);
        }
        return Collections.unmodifiableMap(inOrder);
    }
}
