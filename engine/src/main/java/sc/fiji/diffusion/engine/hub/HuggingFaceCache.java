package sc.fiji.diffusion.engine.hub;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What was downloaded from the Hugging Face hub to this machine, by this software or by Python's {@code
 * huggingface_hub}. A repository {@code owner/name} lies in {@code models--owner--name}, its files as links in {@code
 * snapshots/<commit>}.
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
                .orElseGet(() -> new HubVariables(System.getenv()).cache());
    }

    /** The snapshots of all models, in an order that stays the same; empty if there is no cache. */
    public static List<Path> snapshots() {
        List<Path> snapshots = new ArrayList<>();
        CachedRepository.list(path(), Files::isDirectory).stream()
                .filter(folder -> folder.getFileName().toString().startsWith("models--"))
                .sorted(Comparator.comparing((Path folder) -> !folder.endsWith(FIRST))
                        .thenComparing(folder -> folder.getFileName().toString()))
                .forEach(folder ->
                        snapshots.addAll(CachedRepository.list(folder.resolve("snapshots"), Files::isDirectory)));
        return snapshots;
    }

    /** The models' repositories, by name. */
    public static List<CachedRepository> repositories() {
        return CachedRepository.list(path(), Files::isDirectory).stream()
                .flatMap(folder -> HubName.ofFolder(folder).map(name -> new CachedRepository(name, folder)).stream())
                .toList();
    }

    /** What the hub calls the model that a snapshot's folder or a file in it is; empty for a path elsewhere. */
    public static Optional<HubName> nameOf(Path model) {
        Path path = model.toAbsolutePath().normalize();
        for (Path part = path; part.getParent() != null; part = part.getParent()) {
            Path snapshots = part.getParent();
            if (snapshots.endsWith("snapshots") && snapshots.getParent() != null) {
                Path inside = part.relativize(path);
                Optional<String> file = part.equals(path)
                        ? Optional.empty()
                        : Optional.of(inside.toString().replace('\\', '/')).filter(HubPath::isPortable);
                return HubName.ofFolder(snapshots.getParent())
                        .map(name -> new HubName(name.owner(), name.name(), name.revision(), file));
            }
        }
        return Optional.empty();
    }
}
