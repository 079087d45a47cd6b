package sc.fiji.diffusion.engine.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.file.Folder;

/**
 * Takes a model away: of the hub's cache what belongs to it alone, of one that was added only its name.
 *
 * @param name that was asked for
 * @param added whether only a name is forgotten
 * @param repository in the cache; empty for one that was added
 * @param snapshot the only one to remove; empty for all of the repository
 * @param bytes that it frees
 */
public record ModelRemoval(
        String name, boolean added, Optional<CachedRepository> repository, Optional<Path> snapshot, long bytes) {

    /**
     * What is to be removed; nothing is yet.
     *
     * @param name as {@link Models#locate} takes it; with a revision, that revision alone
     * @throws RequestException if there is none of that name
     */
    public static ModelRemoval of(String name) {
        if (name.equals(Models.EMBEDDED)) {
            throw new RequestException(
                    "model: expected one that can be removed, found " + name + ", which is built in");
        }
        if (AddedModels.find(name).isPresent()) {
            return new ModelRemoval(name, true, Optional.empty(), Optional.empty(), 0);
        }
        HubName known = ModelCatalog.find(name)
                .map(CatalogEntry::repository)
                .or(() -> HubName.parse(name))
                .orElseThrow(() -> nothing(name));
        CachedRepository repository = CachedRepository.of(HuggingFaceCache.path(), known);
        boolean revised = name.contains("@") || !known.revision().equals(HubName.USUAL_REVISION);
        if (!Files.isDirectory(repository.folder())
                || (revised && repository.snapshot().isEmpty())) {
            throw nothing(name);
        }
        requireAll(known, repository);
        boolean one = revised && repository.snapshots().size() > 1;
        Optional<Path> snapshot = one ? repository.snapshot() : Optional.empty();
        long bytes = snapshot.map(only -> only(repository, only).stream()
                        .mapToLong(InstalledModels::bytes)
                        .sum())
                .orElseGet(() -> InstalledModels.bytes(repository.folder()));
        return new ModelRemoval(name, false, Optional.of(repository), snapshot, bytes);
    }

    /** One file of several is not removed: the others would go with it. */
    private static void requireAll(HubName known, CachedRepository repository) {
        long files = repository.snapshots().stream()
                .flatMap(snapshot -> new SnapshotContent(snapshot)
                        .weightFiles().stream()
                                .map(file -> snapshot.relativize(file).toString()))
                .distinct()
                .count();
        if (known.file().isPresent() && files > 1) {
            throw new RequestException("model: expected " + known.repository() + " with all of its " + files
                    + " files of weights to be removed, found one of them, "
                    + known.file().get());
        }
    }

    private static RequestException nothing(String name) {
        return new RequestException(
                "model: expected one that was fetched or added (diffuse models list), found " + name);
    }

    /** One sentence, for a question. */
    public String what() {
        if (added) {
            return "forgets the name " + name + "; the files stay where they are";
        }
        return "deletes "
                + snapshot.or(() -> repository.map(CachedRepository::folder)).orElseThrow();
    }

    /** Removes it. */
    public void run() {
        if (added) {
            AddedModels.remove(name);
            return;
        }
        CachedRepository cached = repository.orElseThrow();
        try {
            if (snapshot.isPresent()) {
                remove(cached, snapshot.get());
            } else {
                Folder.delete(cached.folder());
                Folder.delete(cached.locks());
            }
        } catch (IOException e) {
            throw new EngineException(
                    cached.folder() + ": expected to delete it, found " + e + "; is it in use by another program?", e);
        }
    }

    private static void remove(CachedRepository cached, Path snapshot) throws IOException {
        Set<Path> contents = only(cached, snapshot);
        for (Path ref : cached.refs()) {
            if (Files.readString(ref).strip().equals(snapshot.getFileName().toString())) {
                Files.delete(ref);
            }
        }
        Folder.delete(snapshot);
        for (Path content : contents) {
            Files.deleteIfExists(content);
        }
    }

    /** The contents, and files in place of links, that no other snapshot has. */
    private static Set<Path> only(CachedRepository cached, Path snapshot) {
        Set<Path> contents = new HashSet<>(contents(cached, snapshot));
        for (Path other : cached.snapshots()) {
            if (!other.equals(snapshot)) {
                contents.removeAll(contents(cached, other));
            }
        }
        return contents;
    }

    private static List<Path> contents(CachedRepository cached, Path snapshot) {
        try (Stream<Path> files = Files.walk(snapshot)) {
            Path blobs = cached.folder().resolve("blobs").toAbsolutePath().normalize();
            return files.filter(file -> !Files.isDirectory(file))
                    .map(file -> target(file).toAbsolutePath().normalize())
                    // Whatever a link leads to elsewhere is not the cache's.
                    .filter(file -> file.startsWith(blobs)
                            || file.startsWith(snapshot.toAbsolutePath().normalize()))
                    .toList();
        } catch (IOException | UncheckedIOException e) {
            throw new EngineException(snapshot + ": expected a folder that can be read, found " + e, e);
        }
    }

    private static Path target(Path file) {
        try {
            return Files.isSymbolicLink(file) ? file.resolveSibling(Files.readSymbolicLink(file)) : file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
