package sc.fiji.diffusion.engine.cuda;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file that grows while it is fetched, by whichever process. Opened for each change anew, so that it can be replaced at
 * any time.
 */
record PartialFile(Path path) {

    private static final int BUFFER = 1 << 20;

    /** In bytes; 0 if it is not there. */
    long size() {
        try {
            return Files.size(path);
        } catch (IOException notThere) {
            return 0;
        }
    }

    /** Leaves its first bytes alone. */
    void truncate(long size) {
        change(channel -> channel.truncate(size));
    }

    /** Writes what the buffer has left at its end; the buffer stays as it is. */
    void append(ByteBuffer data) {
        change(channel -> channel.position(channel.size()).write(data.duplicate()));
    }

    @FunctionalInterface
    private interface Change {
        void on(SeekableByteChannel channel) throws IOException;
    }

    private void change(Change change) {
        try (SeekableByteChannel channel =
                Files.newByteChannel(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            change.on(channel);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Of all its bytes, in hexadecimal. */
    String sha1() throws IOException {
        try (InputStream in = Files.newInputStream(path)) {
            MessageDigest digest = MessageDigest.getInstance("SHA-1");
            byte[] buffer = new byte[BUFFER];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }
}
