package sc.fiji.diffusion.engine.hub;

import com.google.gson.GsonBuilder;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.file.JsonFile;

/**
 * Names that the user gave to folders and files of models: {@code models.json} in the {@link SettingsFolder}. The files
 * themselves stay where they are and are never touched.
 */
public final class AddedModels {

    private static final String FILE = "models.json";
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}";

    private AddedModels() {}

    /** The paths by their names. */
    public static Map<String, Path> all() {
        Path file = file();
        if (!Files.isRegularFile(file)) {
            return Map.of();
        }
        Map<String, Path> models = new TreeMap<>();
        JsonObject root = JsonFile.read(file, "the list of added models", JsonFile.USUAL_MOST_BYTES);
        if (!(root.get("models") instanceof JsonObject named)) {
            throw new EngineException(file + ": models: expected paths by names, found " + root.get("models"));
        }
        named.asMap().forEach((name, path) -> models.put(name, path(file, name, path)));
        return models;
    }

    private static Path path(Path file, String name, JsonElement path) {
        if (name.matches(NAME) && path instanceof JsonPrimitive text && text.isString()) {
            try {
                return Path.of(text.getAsString());
            } catch (InvalidPathException e) {
                throw new EngineException(file + ": " + name + ": expected a path, found " + path, e);
            }
        }
        throw new EngineException(file + ": " + name + ": expected a name and its path, found " + path);
    }

    /** The path of a name. */
    public static Optional<Path> find(String name) {
        return Optional.ofNullable(all().get(name));
    }

    /**
     * Gives a name to a folder or file.
     *
     * @throws RequestException if the name is taken or can't be one, or there is nothing at the path
     */
    public static void add(String name, Path path) {
        if (!name.matches(NAME)) {
            throw new RequestException(
                    "name: expected up to 64 letters, digits, dots, dashes and underscores, found \"" + name + "\"");
        }
        if (name.equals(Models.EMBEDDED) || ModelCatalog.find(name).isPresent()) {
            throw new RequestException("name: expected one that no other model has, found " + name);
        }
        if (!Files.exists(path)) {
            throw new RequestException(path + ": expected a model's folder or file, found nothing there");
        }
        Path absolute = path.toAbsolutePath().normalize();
        change(models -> {
            Path before = models.putIfAbsent(name, absolute);
            if (before != null && !before.equals(absolute)) {
                throw new RequestException(
                        "name: expected one that no other model has, found " + name + ", which is " + before);
            }
        });
    }

    /**
     * Forgets a name; what it named stays where it is.
     *
     * @throws RequestException if there is none of that name
     */
    public static void remove(String name) {
        change(models -> {
            if (models.remove(name) == null) {
                throw new RequestException("name: expected one that was added, found " + name);
            }
        });
    }

    private static void change(Consumer<Map<String, Path>> change) {
        Path file = file();
        synchronized (AddedModels.class) {
            try (CacheLock lock = CacheLock.of(SettingsFolder.path())) {
                Map<String, Path> models = new TreeMap<>(all());
                change.accept(models);
                if (lock.isOpen()) {
                    write(file, models);
                }
            } catch (IOException e) {
                throw new EngineException(file + ": expected to write the list of added models, found " + e, e);
            }
        }
    }

    /** Beside it first, so that nobody ever reads half of it. */
    private static void write(Path file, Map<String, Path> models) throws IOException {
        JsonObject named = new JsonObject();
        models.forEach((name, path) -> named.addProperty(name, path.toString()));
        JsonObject root = new JsonObject();
        root.add("models", named);
        Path fresh = Files.createTempFile(file.getParent(), "models", ".json");
        try {
            Files.writeString(
                    fresh,
                    new GsonBuilder()
                            .setPrettyPrinting()
                            .disableHtmlEscaping()
                            .create()
                            .toJson(root));
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static Path file() {
        return SettingsFolder.path().resolve(FILE);
    }
}
