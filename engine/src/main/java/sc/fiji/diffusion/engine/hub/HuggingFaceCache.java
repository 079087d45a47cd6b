package sc.fiji.diffusion.engine.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What Python's {@code huggingface_hub} has downloaded to this machine. Only read, never written. A repository {@code
 * owner/name} lies in {@code models--owner--name}, its files as links in {@code snapshots/<commit>}.
 */
public final class HuggingFaceCache {

    /** System property that names another place. */
    public static final String PROPERTY = "diffusion.huggingface.cache";

    /** The one that published CLIP's vocabulary comes first, so that the choice does not hang on what else is there. */
    private static final String FIRST = "models--openai--clip-vit-large-patch14";

    private HuggingFaceCache() {}

    /** {@code HF_HUB_CACHE}, or {@code hub} in {@code HF_HOME}, or {@code ~/.cache/huggingface/hub}. */
    public static Path path() {
        return Optional.ofNullable(System.getProperty(PROPERTY))
                .map(Path::of)
                .or(() -> CacheFolder.environment("HF_HUB_CACHE"))
                .or(() -> CacheFolder.environment("HF_HOME").map(home -> home.resolve("hub")))
                .orElseGet(HuggingFaceCache::usual);
    }

    private static Path usual() {
        return CacheFolder.environment("XDG_CACHE_HOME")
                .orElse(Path.of(System.getProperty("user.home", "."), ".cache"))
                .resolve("huggingface")
                .resolve("hub");
    }

    /** The snapshots of all models, in an order that stays the same; empty if there is no cache. */
    public static List<Path> snapshots() {
        List<Path> snapshots = new ArrayList<>();
        for (Path repository : folders(path())) {
            if (repository.getFileName().toString().startsWith("models--")) {
                snapshots.addAll(folders(repository.resolve("snapshots")));
            }
        }
        return snapshots;
    }

    private static List<Path> folders(Path parent) {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(Files::isDirectory)
                    .sorted(Comparator.comparing((Path folder) -> !folder.endsWith(FIRST))
                            .thenComparing(folder -> folder.getFileName().toString()))
                    .toList();
        } catch (IOException | UncheckedIOException unreadable) {
            // A cache that this user may not read holds nothing for this user.
            return List.of();
        }
    }
}
