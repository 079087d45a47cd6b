package sc.fiji.diffusion.engine.download;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import sc.fiji.diffusion.engine.EngineException;

/**
 * What has come of a file's content so far, beside its place in the cache. Its name is this software's own, so that
 * Python, which may fetch the same at the same time, never writes into it.
 *
 * @param path ends in {@code .diffusion.incomplete}
 */
record PartialContent(Path path) {

    private static final String ENDING = ".diffusion.incomplete";

    static PartialContent of(Path blob) {
        return new PartialContent(blob.resolveSibling(blob.getFileName() + ENDING));
    }

    /** In bytes; 0 if it is not there. */
    long size() {
        try {
            return Files.size(path);
        } catch (IOException notThere) {
            return 0;
        }
    }

    /** Opens it to write behind its first bytes; what comes after them is thrown away. */
    FileChannel open(long keep) {
        try {
            Files.createDirectories(path.getParent());
            FileChannel channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            channel.truncate(keep);
            channel.position(keep);
            return channel;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** A disk's failure is told at once: another attempt meets it again. */
    void write(FileChannel channel, byte[] bytes, int count) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Puts it there at once, once it is safely on the disk. */
    void moveTo(Path place) {
        try {
            try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(path, place, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    /** Of the same kind as another. */
    ContentHash hash(ContentHash kind) {
        try {
            return kind.of(path);
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private EngineException failed(IOException e) {
        return new EngineException(
                path.getParent() + ": expected to write there, found " + (e.getMessage() == null ? e : e.getMessage())
                        + "; is the disk full?",
                e);
    }
}
