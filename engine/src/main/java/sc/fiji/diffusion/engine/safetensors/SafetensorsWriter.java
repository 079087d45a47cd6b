package sc.fiji.diffusion.engine.safetensors;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.file.WholeFile;
import sc.fiji.diffusion.engine.tensor.Tensor;

/** Writes tensors into a safetensors file. */
public final class SafetensorsWriter {

    private static final int LENGTH_BYTES = 8;
    private static final int ALIGNMENT = 8;
    private static final int CHUNK_BYTES = 1 << 18;

    private SafetensorsWriter() {}

    /**
     * Writes tensors as float32; {@link #stream} says how.
     *
     * @param tensors by name, in the order in which they shall lie in the file
     * @param metadata for the header's {@code __metadata__}; may be empty
     * @throws EngineException if the file can't be written
     */
    public static void write(Path path, Map<String, Tensor> tensors, Map<String, String> metadata) {
        Map<String, StreamedTensor> streamed = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> streamed.put(name, StreamedTensor.of(tensor)));
        stream(path, streamed, metadata);
    }

    /**
     * Writes tensors that need not fit in memory. The file is written whole or not at all: under another name in the same
     * folder first, then moved to its place, where it replaces a file that may be there.
     *
     * @param tensors by name, in the order in which they shall lie in the file
     * @param metadata for the header's {@code __metadata__}; may be empty
     * @throws EngineException if the file can't be written
     */
    public static void stream(Path path, Map<String, StreamedTensor> tensors, Map<String, String> metadata) {
        try {
            WholeFile.write(path, fresh -> {
                try (FileChannel channel =
                        FileChannel.open(fresh, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
                    writeHeader(channel, header(tensors, metadata));
                    for (StreamedTensor tensor : tensors.values()) {
                        writeBytes(channel, tensor);
                    }
                }
            });
        } catch (IOException failed) {
            throw new EngineException(path + ": can't be written: " + failed, failed);
        }
    }

    private static String header(Map<String, StreamedTensor> tensors, Map<String, String> metadata) throws IOException {
        StringWriter text = new StringWriter();
        try (JsonWriter json = new JsonWriter(text)) {
            json.beginObject();
            if (!metadata.isEmpty()) {
                json.name("__metadata__").beginObject();
                for (Map.Entry<String, String> entry : metadata.entrySet()) {
                    json.name(entry.getKey()).value(entry.getValue());
                }
                json.endObject();
            }
            long begin = 0;
            for (Map.Entry<String, StreamedTensor> entry : tensors.entrySet()) {
                StreamedTensor tensor = entry.getValue();
                long end = begin + tensor.byteLength();
                json.name(entry.getKey()).beginObject();
                json.name("dtype").value(tensor.dtype().name());
                json.name("shape").beginArray();
                for (int size : tensor.shape()) {
                    json.value(size);
                }
                json.endArray().name("data_offsets").beginArray().value(begin).value(end);
                json.endArray().endObject();
                begin = end;
            }
            json.endObject();
        }
        return text.toString();
    }

    /** The length, the header, and blanks up to the next multiple of eight, as the format recommends. */
    private static void writeHeader(FileChannel channel, String header) throws IOException {
        byte[] bytes = header.getBytes(StandardCharsets.UTF_8);
        int length = (bytes.length + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        ByteBuffer buffer = ByteBuffer.allocate(LENGTH_BYTES + length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putLong(length).put(bytes);
        while (buffer.hasRemaining()) {
            buffer.put((byte) ' ');
        }
        writeFully(channel, buffer.flip());
    }

    private static void writeBytes(FileChannel channel, StreamedTensor tensor) throws IOException {
        long left = tensor.byteLength();
        ByteBuffer buffer =
                ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, left)).order(ByteOrder.LITTLE_ENDIAN);
        while (left > 0) {
            buffer.clear().limit((int) Math.min(CHUNK_BYTES, left));
            tensor.filler().fill(buffer.slice().order(ByteOrder.LITTLE_ENDIAN));
            left -= buffer.remaining();
            writeFully(channel, buffer);
        }
    }

    private static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }
}
