package sc.fiji.diffusion.engine.checkpoint.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import sc.fiji.diffusion.engine.CheckpointException;

/**
 * Finds the files that an ONNX file names for its weights. The names come from the internet: they must stay in the
 * folder, and so must what they link to, but for the Hugging Face cache, whose files are links into {@code blobs}.
 */
final class ExternalFiles {

    private static final String SNAPSHOTS = "snapshots";
    private static final String BLOBS = "blobs";

    private ExternalFiles() {}

    static Map<String, Path> of(Path model, Set<String> locations) {
        Path folder = model.toAbsolutePath().normalize().getParent();
        Map<String, Path> files = new LinkedHashMap<>();
        for (String location : locations) {
            files.put(location, file(model, folder, location));
        }
        return files;
    }

    private static Path file(Path model, Path folder, String location) {
        Path file = resolved(model, folder, location);
        if (location.isEmpty() || !file.startsWith(folder) || file.equals(folder)) {
            throw outside(model, location);
        }
        if (!Files.isRegularFile(file)) {
            throw new CheckpointException(model + ": expected its weights in " + location + " beside it, found none");
        }
        try {
            Path real = file.toRealPath();
            if (!real.startsWith(folder.toRealPath()) && !isBlobOf(real, folder)) {
                throw outside(model, location);
            }
        } catch (IOException e) {
            throw new CheckpointException(file + ": expected a file that can be read, found " + e.getMessage(), e);
        }
        return file;
    }

    private static Path resolved(Path model, Path folder, String location) {
        try {
            Path relative = Path.of(location);
            if (relative.isAbsolute() || location.startsWith("/") || location.startsWith("\\")) {
                throw outside(model, location);
            }
            return folder.resolve(relative).normalize();
        } catch (InvalidPathException e) {
            throw outside(model, location.replace('\0', '?'));
        }
    }

    /** {@code models--x--y/blobs/…}, seen from {@code models--x--y/snapshots/<commit>/unet}. */
    private static boolean isBlobOf(Path real, Path folder) throws IOException {
        for (Path above = folder.toRealPath(); above != null; above = above.getParent()) {
            Path parent = above.getParent();
            if (above.endsWith(SNAPSHOTS) && parent != null) {
                return real.startsWith(parent.resolve(BLOBS));
            }
        }
        return false;
    }

    private static CheckpointException outside(Path model, String location) {
        return new CheckpointException(model + ": expected weights in files of its folder, found the place " + location
                + ", which is refused");
    }
}
