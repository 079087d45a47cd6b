package sc.fiji.diffusion.engine.checkpoint.onnx;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import sc.fiji.diffusion.engine.CheckpointException;

/**
 * A network as an ONNX file, with the files beside it that its weights may be in.
 *
 * @param path of the ONNX file
 * @param data the files beside it, by the names that the ONNX file has for them; each exists and belongs to the folder
 * @param parameters how many values of each type its weights have
 */
public record OnnxFile(Path path, Map<String, Path> data, Map<String, Long> parameters) {

    /** What exporters call it. */
    public static final String NAME = "model.onnx";

    public OnnxFile {
        data = Map.copyOf(data);
        parameters = Map.copyOf(parameters);
    }

    /**
     * Looks at a file.
     *
     * @throws CheckpointException if it is no ONNX file, or names a file outside its folder for its weights
     */
    public static OnnxFile read(Path path) {
        if (!Files.isRegularFile(path)) {
            throw new CheckpointException(path + ": expected an ONNX file, found none");
        }
        OnnxScan scan = OnnxScan.of(path);
        return new OnnxFile(path, ExternalFiles.of(path, scan.locations()), scan.parameters());
    }

    /** Itself and the data, in a fixed order. */
    public List<Path> files() {
        List<Path> files = new ArrayList<>(List.of(path));
        data.keySet().stream().sorted().map(data::get).forEach(files::add);
        return files;
    }

    /** Whether ONNX Runtime can open it by its path: it refuses links that lead out of the folder, where there are data. */
    public boolean isPlain() {
        return data.isEmpty() || files().stream().noneMatch(Files::isSymbolicLink);
    }

    /** Bytes of all files, which is what the weights take at least. */
    public long bytes() {
        long bytes = 0;
        for (Path file : files()) {
            try {
                bytes += Files.size(file);
            } catch (IOException e) {
                throw new CheckpointException(file + ": expected a file that can be read, found " + e.getMessage(), e);
            }
        }
        return bytes;
    }
}
