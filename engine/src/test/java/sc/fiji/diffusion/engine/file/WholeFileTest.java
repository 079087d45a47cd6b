package sc.fiji.diffusion.engine.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {

    @TempDir
    private Path folder;

    @Test
    void aFileThatFailsHalfWayLeavesTheOneBeforeAndNothingElse() throws IOException {
        Path file = Files.writeString(folder.resolve("a.txt"), "before");
        assertThrows(
                IOException.class,
                () -> WholeFile.write(file, fresh -> {
                    Files.writeString(fresh, "half");
                    throw new IOException("full");
                }));
        assertEquals("before", Files.readString(file));
        WholeFile.write(file, fresh -> {
            assertTrue(fresh.toString().endsWith(".txt"), "writers look at the ending");
            Files.writeString(fresh, "after");
        });
        assertEquals("after", Files.readString(file));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(file), files.toList());
        }
    }

    @Test
    void othersMayReadItAsAnyNewFile() throws IOException {
        assumeTrue(Files.getFileStore(folder).supportsFileAttributeView("posix"), "no permissions here");
        Path usual = Files.writeString(folder.resolve("usual"), "a");
        Path file = folder.resolve("whole");
        WholeFile.write(file, fresh -> Files.writeString(fresh, "a"));
        assertEquals(Files.getPosixFilePermissions(usual), Files.getPosixFilePermissions(file));
    }
}
