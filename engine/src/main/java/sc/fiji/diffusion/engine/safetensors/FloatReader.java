package sc.fiji.diffusion.engine.safetensors;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import sc.fiji.diffusion.engine.CheckpointException;

/** Reads numbers from a place in a file, whatever type they are stored in. */
public final class FloatReader {

    private static final int CHUNK_BYTES = 1 << 20;

    private FloatReader() {}

    /**
     * Reads a piece of a file as float32.
     *
     * @param type of the numbers, a floating one
     * @param offset of the first in the file, in bytes
     * @throws CheckpointException if the file can't be read so far
     */
    public static float[] read(Path file, DType type, long offset, int count) {
        float[] values = new float[count];
        ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(CHUNK_BYTES, (long) count * type.byteSize()))
                .order(ByteOrder.LITTLE_ENDIAN);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            int perChunk = chunk.capacity() / type.byteSize();
            for (int done = 0; done < count; done += perChunk) {
                chunk.clear().limit(Math.min(perChunk, count - done) * type.byteSize());
                fill(channel, chunk, offset + (long) done * type.byteSize(), file);
                FloatDecoder.decode(type, chunk.flip(), values, done);
            }
        } catch (IOException failed) {
            throw new CheckpointException(file + ": expected weights that can be read, found " + failed, failed);
        }
        return values;
    }

    private static void fill(FileChannel channel, ByteBuffer chunk, long offset, Path file) throws IOException {
        while (chunk.hasRemaining()) {
            long next = offset + chunk.position();
            if (channel.read(chunk, next) < 0) {
                throw new CheckpointException(file + ": expected more than " + next + " bytes, found its end there");
            }
        }
    }
}
