package sc.fiji.diffusion.engine.hub;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.file.JsonFile;

/**
 * What a snapshot holds, told from names and small configurations. A file that is there is whole: links are made once
 * their contents are. But a snapshot may lack files that nobody asked for, or that a download did not get to.
 *
 * @param folder of the snapshot
 */
public record SnapshotContent(Path folder) {

    private static final String INDEX = "model_index.json";
    private static final String CONFIG = "config.json";
    private static final String WEIGHTS = ".safetensors";
    private static final String SHARDS = ".safetensors.index.json";
    private static final String SHARD = ".*-\\d{5}-of-\\d{5}(\\.\\w+)?\\.safetensors";
    private static final List<String> NETWORKS = List.of("text_encoder", "text_encoder_2", "unet", "vae");
    private static final Map<String, List<String>> SMALL_PARTS = Map.of(
            "tokenizer", List.of("tokenizer_config.json"),
            "tokenizer_2", List.of("tokenizer_config.json"),
            "scheduler", List.of("scheduler_config.json"));
    private static final int DEEPEST = 6;

    /** What it is there for. */
    public ModelKind kind() {
        // Others than we make the links one by one: the index may be the last.
        if (Files.exists(folder.resolve(INDEX), LinkOption.NOFOLLOW_LINKS)
                || Files.isDirectory(folder.resolve("unet"))) {
            return ModelKind.PIPELINE;
        }
        boolean weights = !weightFiles().isEmpty();
        Optional<JsonObject> config = json(folder.resolve(CONFIG));
        String className = config.map(fields -> text(fields.get("_class_name"))).orElse("");
        if (className.contains("ControlNet") && weights) {
            return ModelKind.CONTROLNET;
        }
        if (className.startsWith("Autoencoder") && weights) {
            return ModelKind.VAE;
        }
        if (weights && config.isEmpty()) {
            return ModelKind.FILE;
        }
        boolean vocabulary =
                Files.isRegularFile(folder.resolve("vocab.json")) && Files.isRegularFile(folder.resolve("merges.txt"));
        return vocabulary && !weights ? ModelKind.TOKENIZER : ModelKind.OTHER;
    }

    /**
     * What to open: the folder, or the one safetensors file in it.
     *
     * @return empty if there are several files, of which one must be named
     */
    public Optional<Path> model() {
        if (kind() != ModelKind.FILE) {
            return Optional.of(folder);
        }
        List<Path> files = weightFiles();
        return files.size() == 1 ? Optional.of(files.get(0)) : Optional.empty();
    }

    /** The safetensors files, shards left out. */
    public List<Path> weightFiles() {
        return files().stream()
                .filter(file -> {
                    String name = file.getFileName().toString();
                    return name.endsWith(WEIGHTS) && !name.matches(SHARD);
                })
                .toList();
    }

    /** All files, those too whose links lead nowhere. */
    public List<Path> files() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(folder, DEEPEST)) {
            return files.filter(file -> !Files.isDirectory(file)).sorted().toList();
        } catch (IOException | UncheckedIOException unreadable) {
            return List.of();
        }
    }

    /** The parts that must be fetched yet before it can be used, as paths in it; empty if it is whole. */
    public List<String> missing() {
        List<String> missing = new ArrayList<>();
        for (Path file : files()) {
            if (!Files.exists(file)) {
                missing.add(name(file));
            }
        }
        if (Files.isRegularFile(folder.resolve(INDEX))) {
            json(folder.resolve(INDEX)).ifPresent(index -> addMissingParts(index, missing));
        } else if (kind() == ModelKind.PIPELINE) {
            missing.add(INDEX);
        } else {
            addMissingShards(folder, missing);
        }
        return missing;
    }

    private void addMissingParts(JsonObject index, List<String> missing) {
        for (String part : NETWORKS) {
            if (isNamed(index, part)) {
                addMissingWeights(folder.resolve(part), missing);
            }
        }
        SMALL_PARTS.forEach((part, files) -> {
            Path inside = folder.resolve(part);
            if (isNamed(index, part) && files.stream().noneMatch(file -> Files.isRegularFile(inside.resolve(file)))) {
                missing.add(part);
            }
        });
    }

    /** Parts that a model does without stand there as a pair of nulls. */
    private static boolean isNamed(JsonObject index, String part) {
        JsonElement value = index.get(part);
        return value != null
                && value.isJsonArray()
                && value.getAsJsonArray().size() == 2
                && !value.getAsJsonArray().get(1).isJsonNull();
    }

    private void addMissingWeights(Path part, List<String> missing) {
        if (part.endsWith("vae") && Files.isDirectory(part.resolveSibling("vae_decoder"))) {
            addMissingWeights(part.resolveSibling("vae_decoder"), missing);
            return;
        }
        boolean found = CachedRepository.list(part, Files::isRegularFile).stream()
                .map(file -> file.getFileName().toString())
                .anyMatch(name -> name.endsWith(SHARDS)
                        || name.equals("model.onnx")
                        || (name.endsWith(WEIGHTS) && !name.matches(SHARD)));
        if (!found || !Files.isRegularFile(part.resolve(CONFIG))) {
            missing.add(name(part));
        }
        addMissingShards(part, missing);
    }

    private void addMissingShards(Path part, List<String> missing) {
        for (Path index : CachedRepository.list(part, file -> file.toString().endsWith(SHARDS))) {
            JsonElement map =
                    json(index).map(fields -> fields.get("weight_map")).orElse(null);
            if (map == null || !map.isJsonObject()) {
                missing.add(name(index));
                continue;
            }
            map.getAsJsonObject().asMap().values().stream()
                    .map(SnapshotContent::text)
                    .filter(shard -> !HubPath.isPortable(shard) || !Files.isRegularFile(HubPath.in(part, shard)))
                    .distinct()
                    .sorted()
                    .forEach(shard -> missing.add(name(part) + "/" + shard));
        }
    }

    private String name(Path file) {
        return folder.relativize(file).toString().replace('\\', '/');
    }

    private static String text(JsonElement value) {
        return value instanceof JsonPrimitive primitive && primitive.isString() ? primitive.getAsString() : "";
    }

    /** Empty if it is not there, or no JSON: what opens the model says so then. */
    private static Optional<JsonObject> json(Path file) {
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(JsonFile.read(file, "a configuration", JsonFile.USUAL_MOST_BYTES))
                    : Optional.empty();
        } catch (CheckpointException broken) {
            return Optional.empty();
        }
    }
}
