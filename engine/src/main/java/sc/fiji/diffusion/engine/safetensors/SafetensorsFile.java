package sc.fiji.diffusion.engine.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * The header of a safetensors file, checked, and the way to its tensors. Immutable, and holds no file open; the file
 * must not change while it is used. (One that is cut while ONNX Runtime has it mapped into memory ends the process on
 * Unix, as of any program; one that another is moved over is safe.)
 */
public final class SafetensorsFile {

    /** Somewhat below the longest array that virtual machines make. */
    private static final int LARGEST_ARRAY = Integer.MAX_VALUE - 8;

    /** A multiple of every element's size. */
    private static final int CHUNK_BYTES = 1 << 20;

    private final Path path;
    private final long dataStart;
    private final Map<String, TensorInfo> tensors;
    private final Map<String, String> metadata;

    SafetensorsFile(Path path, long dataStart, Map<String, TensorInfo> tensors, Map<String, String> metadata) {
        this.path = path;
        this.dataStart = dataStart;
        this.tensors = tensors;
        this.metadata = metadata;
    }

    /**
     * Reads and checks the header.
     *
     * @throws CheckpointException if the file can't be read, is cut off, lies about itself, or is a pickle instead
     */
    public static SafetensorsFile open(Path path) {
        return HeaderReader.read(path);
    }

    /**
     * Whether a file that does not open is one of PyTorch's, by its first bytes or its name: opening such a one there can
     * run code.
     */
    public static boolean isPickle(Path path) {
        return HeaderReader.isPickle(path);
    }

    public Path path() {
        return path;
    }

    /** The offset in the file of the first tensor's first byte: 8 + the header's length. */
    public long dataStart() {
        return dataStart;
    }

    /** By name, in the order in which they lie in the file. Unmodifiable. */
    public Map<String, TensorInfo> tensors() {
        return tensors;
    }

    /** The header's {@code __metadata__}; empty if it has none. Unmodifiable. */
    public Map<String, String> metadata() {
        return metadata;
    }

    /**
     * A tensor by its name.
     *
     * @throws CheckpointException if the file has none of that name
     */
    public TensorInfo tensor(String name) {
        TensorInfo info = tensors.get(name);
        if (info == null) {
            throw new CheckpointException(
                    path + ": expected a tensor " + name + ", found none of that name among " + tensors.size());
        }
        return info;
    }

    /** The offset in the file of the tensor's first byte. */
    public long fileOffset(TensorInfo info) {
        return dataStart + info.begin();
    }

    /**
     * A tensor as float32. From F16, BF16 and F32 exactly; from F64 and integers to the nearest; BOOL gives 0 and 1.
     *
     * @throws CheckpointException if there is no such tensor, it doesn't fit a Java array, or its type has no
     *     conversion here (8-bit floats, complex numbers)
     */
    public Tensor readFloats(String name) {
        TensorInfo info = tensor(name);
        if (!FloatDecoder.decodes(info.dtype())) {
            throw wrong(info, "a type that converts to float32");
        }
        int[] shape = arrayShape(info);
        float[] values = new float[arrayLength(info)];
        read(info, (chunk, index) -> FloatDecoder.decode(info.dtype(), chunk, values, index));
        return new Tensor(shape, values);
    }

    /**
     * The values of a tensor of integers (BOOL too), flat in row-major order.
     *
     * @throws CheckpointException if there is no such tensor, it doesn't fit a Java array, or its type is none of
     *     I64, I32, I16, I8, U32, U16, U8 and BOOL
     */
    public long[] readLongs(String name) {
        TensorInfo info = tensor(name);
        if (!LongDecoder.decodes(info.dtype())) {
            throw wrong(info, "a type of integers that fit 64 bits with a sign");
        }
        long[] values = new long[arrayLength(info)];
        read(info, (chunk, index) -> LongDecoder.decode(info.dtype(), chunk, values, index));
        return values;
    }

    /** Takes whole elements from a little-endian buffer; the first of them is element {@code index} of the tensor. */
    @FunctionalInterface
    private interface ChunkReader {
        void read(ByteBuffer chunk, int index);
    }

    /** In small pieces by explicit offsets: no mapping that would keep the file locked, no limit of 2 GB. */
    private void read(TensorInfo info, ChunkReader reader) {
        ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, info.byteLength()))
                .order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            for (long done = 0; done < info.byteLength(); done += chunk.limit()) {
                chunk.clear().limit((int) Math.min(chunk.capacity(), info.byteLength() - done));
                readFully(channel, chunk, fileOffset(info) + done, info);
                reader.read(chunk.flip(), (int) (done / info.dtype().byteSize()));
            }
        } catch (IOException failed) {
            throw new CheckpointException(path + ": tensor " + info.name() + ": can't be read: " + failed, failed);
        }
    }

    private void readFully(FileChannel channel, ByteBuffer chunk, long offset, TensorInfo info) throws IOException {
        while (chunk.hasRemaining()) {
            int count = channel.read(chunk, offset + chunk.position());
            if (count < 0) {
                throw wrong(info, "data up to byte " + (fileOffset(info) + info.byteLength()));
            }
        }
    }

    private int arrayLength(TensorInfo info) {
        if (info.count() > LARGEST_ARRAY) {
            throw wrong(info, "at most " + LARGEST_ARRAY + " elements, which fit an array");
        }
        return (int) info.count();
    }

    private int[] arrayShape(TensorInfo info) {
        if (info.shape().stream().anyMatch(size -> size > LARGEST_ARRAY)) {
            throw wrong(info, "sizes of at most " + LARGEST_ARRAY);
        }
        return info.shape().stream().mapToInt(Long::intValue).toArray();
    }

    private CheckpointException wrong(TensorInfo info, String expected) {
        return new CheckpointException(path + ": tensor " + info.name() + ": expected " + expected + ", found "
                + info.dtype() + " " + info.shape());
    }

    @Override
    public String toString() {
        return "SafetensorsFile[" + path + ", " + tensors.size() + " tensors]";
    }
}
