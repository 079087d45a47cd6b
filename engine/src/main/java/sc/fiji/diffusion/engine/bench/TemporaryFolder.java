package sc.fiji.diffusion.engine.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.file.Folder;

/**
 * A new folder that is deleted with all in it when it is closed.
 *
 * @param path where it is
 */
public record TemporaryFolder(Path path) implements AutoCloseable {

    /** Makes one where the system has its temporary files. */
    public static TemporaryFolder create() {
        try {
            return new TemporaryFolder(Files.createTempDirectory("diffuse-bench"));
        } catch (IOException e) {
            throw new EngineException("temporary folder: expected to make one, found " + e, e);
        }
    }

    @Override
    public void close() {
        try {
            Folder.delete(path);
        } catch (IOException e) {
            throw new EngineException(path + ": expected to delete it, found " + e, e);
        }
    }
}
