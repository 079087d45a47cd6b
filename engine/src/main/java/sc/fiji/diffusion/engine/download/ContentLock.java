package sc.fiji.diffusion.engine.download;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Keeps other threads and processes from fetching the same content. The file is the one that {@code huggingface_hub}
 * locks, though its lock and Java's do not see each other on every system; what is fetched twice is only a waste, as every
 * program has a partial file of its own.
 */
final class ContentLock implements AutoCloseable {

    private static final long PERIOD_MILLIS = 100;

    private final FileChannel channel;

    private ContentLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Waits for it; some network drives have none, and there it is given to everybody. */
    static ContentLock of(Path file) throws IOException, InterruptedException {
        Files.createDirectories(file.getParent());
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            while (!isTaken(channel)) {
                Thread.sleep(PERIOD_MILLIS);
            }
            return new ContentLock(channel);
        } catch (InterruptedException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean isTaken(FileChannel channel) {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException otherThread) {
            return false;
        } catch (IOException none) {
            return true;
        }
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
