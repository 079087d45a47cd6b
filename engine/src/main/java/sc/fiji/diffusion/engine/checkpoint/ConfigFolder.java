package sc.fiji.diffusion.engine.checkpoint;

import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;
import sc.fiji.diffusion.engine.CheckpointException;

/**
 * The configurations for a single file: those in a folder in the Hugging Face layout, and where that has none, or there
 * is no folder, those that the file's tensors show.
 *
 * @param file the single file, which what its tensors show is named after
 * @param folder the one that the user named, or the one that has the file's name
 */
record ConfigFolder(Path file, Optional<Path> folder) {

    static ConfigFolder of(Path file, CheckpointOptions options) {
        if (options.config().isPresent()) {
            Path named = options.config().get();
            if (!Files.isDirectory(named)) {
                throw new CheckpointException(named + ": expected a folder with a model's configurations, found "
                        + (Files.exists(named) ? "a file" : "nothing there"));
            }
            return new ConfigFolder(file, Optional.of(named));
        }
        Path beside = file.resolveSibling(stem(file));
        return new ConfigFolder(file, Files.isDirectory(beside) ? Optional.of(beside) : Optional.empty());
    }

    /** A file's name without its ending. */
    static String stem(Path file) {
        String name = file.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }

    ConfigFile component(String name, Supplier<JsonObject> shown) {
        return read(Path.of(name, "config.json"), shown);
    }

    ConfigFile scheduler(Supplier<JsonObject> shown) {
        return read(HuggingFaceFolder.SCHEDULER, shown);
    }

    ConfigFile index(Supplier<JsonObject> shown) {
        return read(Path.of(HuggingFaceFolder.INDEX), shown);
    }

    private ConfigFile read(Path place, Supplier<JsonObject> shown) {
        return folder.map(path -> path.resolve(place))
                .filter(Files::isRegularFile)
                .map(ConfigFile::read)
                .orElseGet(() -> ConfigFile.of(file, shown.get()));
    }
}
