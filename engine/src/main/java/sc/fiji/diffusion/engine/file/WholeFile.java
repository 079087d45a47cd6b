package sc.fiji.diffusion.engine.file;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Writes a file whole or not at all. */
public final class WholeFile {

    private WholeFile() {}

    /** Writes a file that does not exist yet. */
    @FunctionalInterface
    public interface Writer {
        void write(Path fresh) throws IOException;
    }

    /**
     * Has it written under another name with the same ending, in the same folder, and moves it to its place, where it
     * replaces a file that may be there.
     */
    public static void write(Path file, Writer writer) throws IOException {
        Path target = file.toAbsolutePath();
        String name = target.getFileName().toString();
        String ending = name.substring(Math.max(0, name.lastIndexOf('.')));
        // Not createTempFile: that makes a file which others may not read.
        Path fresh = target.resolveSibling("." + UUID.randomUUID() + ending);
        try {
            writer.write(fresh);
            move(fresh, target);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void move(Path fresh, Path target) throws IOException {
        try {
            Files.move(fresh, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException onSomeFileSystems) {
            Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
