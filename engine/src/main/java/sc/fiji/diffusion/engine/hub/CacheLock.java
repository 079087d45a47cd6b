package sc.fiji.diffusion.engine.hub;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps other processes from changing a folder of the cache. The system takes it back when this process dies. */
final class CacheLock implements AutoCloseable {

    private final FileChannel channel;

    private CacheLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Waits for it; some network drives have none, and there it is given to everybody. */
    static CacheLock of(Path folder) throws IOException {
        Files.createDirectories(folder);
        FileChannel channel =
                FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            channel.lock();
        } catch (IOException none) {
            // Two that unpack at once may then disturb each other; the next use mends it.
        }
        return new CacheLock(channel);
    }

    boolean isOpen() {
        return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
