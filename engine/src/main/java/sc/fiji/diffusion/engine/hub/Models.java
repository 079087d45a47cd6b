package sc.fiji.diffusion.engine.hub;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import sc.fiji.diffusion.engine.RequestException;

/** Finds a model by what the user calls it. */
public final class Models {

    /** The name of the model that ships inside the engine. */
    public static final String EMBEDDED = "micrograph";

    private Models() {}

    /**
     * The folder or file of a model. Nothing is fetched.
     *
     * @param nameOrPath the first of these that it is: {@link #EMBEDDED}; a name that the user gave ({@link
     *     AddedModels}); one of the curated list that was fetched; a path with something there; {@code
     *     owner/name[/file][@revision]} as on the hub
     * @throws RequestException if it is no path at all, or a model that must be fetched first; whether a path holds a
     *     model shows when it is opened
     */
    public static Path locate(String nameOrPath) {
        if (nameOrPath.equals(EMBEDDED)) {
            return EmbeddedModel.unpacked();
        }
        Optional<Path> added = AddedModels.find(nameOrPath);
        if (added.isPresent()) {
            return requireThere(nameOrPath, added.get());
        }
        Optional<CatalogEntry> entry = ModelCatalog.find(nameOrPath);
        Optional<Path> curated = entry.flatMap(known -> cached(nameOrPath, known.repository()));
        if (curated.isPresent()) {
            return curated.get();
        }
        Optional<Path> path = path(nameOrPath);
        if (path.filter(Files::exists).isPresent()) {
            return path.get();
        }
        Optional<HubName> name = HubName.parse(nameOrPath);
        if (name.isEmpty() && entry.isEmpty()) {
            return path.orElseThrow(() -> new RequestException(
                    "model: expected a model's name (diffuse models list) or its folder or file, found " + nameOrPath));
        }
        return name.flatMap(known -> cached(nameOrPath, known)).orElseThrow(() -> notHere(nameOrPath));
    }

    private static Optional<Path> path(String nameOrPath) {
        try {
            return Optional.of(Path.of(nameOrPath));
        } catch (InvalidPathException nothingLikeIt) {
            // Such as the address of a page of the hub, on Windows.
            return Optional.empty();
        }
    }

    private static Path requireThere(String name, Path path) {
        if (!Files.exists(path)) {
            throw new RequestException(path + ": expected the model that was added as " + name
                    + ", found nothing there; diffuse models remove " + name + " forgets it");
        }
        return path;
    }

    /** Empty if nothing of it is in the cache. */
    private static Optional<Path> cached(String asked, HubName name) {
        Optional<Path> snapshot =
                CachedRepository.of(HuggingFaceCache.path(), name).snapshot();
        if (snapshot.isEmpty()) {
            return Optional.empty();
        }
        if (name.file().isPresent()) {
            return name.file().map(file -> HubPath.in(snapshot.get(), file)).filter(Files::exists);
        }
        SnapshotContent content = new SnapshotContent(snapshot.get());
        List<String> missing = content.missing();
        if (!missing.isEmpty()) {
            throw new RequestException("model: expected all of " + asked + " to be here, found no "
                    + String.join(", ", missing) + "; diffuse models get " + asked
                    + ", or Plugins ▸ Diffusion ▸ Models…, fetches the rest");
        }
        return Optional.of(content.model().orElseThrow(() -> {
            String first = snapshot.get()
                    .relativize(content.weightFiles().get(0))
                    .toString()
                    .replace('\\', '/');
            return new RequestException(
                    "model: expected the name of one file of " + asked + ", such as " + name.repository() + "/" + first
                            + ", found " + content.weightFiles().size() + " files");
        }));
    }

    private static RequestException notHere(String asked) {
        return new RequestException("model: expected " + asked + " to be here, found neither such a path nor a fetched"
                + " model; diffuse models get " + asked + ", or Plugins ▸ Diffusion ▸ Models…, fetches it");
    }
}
