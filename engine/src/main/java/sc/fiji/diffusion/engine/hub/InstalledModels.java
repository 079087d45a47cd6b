package sc.fiji.diffusion.engine.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import sc.fiji.diffusion.engine.hub.InstalledModel.Source;

/** Lists what this machine has: the model that is built in, those in the hub's cache, those that the user added. */
public final class InstalledModels {

    private InstalledModels() {}

    /** In this order. Looks at files' names and small configurations alone. */
    public static List<InstalledModel> list() {
        List<InstalledModel> models = new ArrayList<>();
        Path embedded = EmbeddedModel.unpacked();
        models.add(new InstalledModel(
                Models.EMBEDDED,
                Source.BUILT_IN,
                ModelKind.PIPELINE,
                embedded,
                bytes(embedded),
                List.of(),
                Optional.empty()));
        for (CachedRepository repository : HuggingFaceCache.repositories()) {
            cached(repository).ifPresent(models::add);
        }
        AddedModels.all().forEach((name, path) -> models.add(added(name, path)));
        return models;
    }

    /** Empty if it holds nothing that this engine knows: Python keeps models of every kind there. */
    private static Optional<InstalledModel> cached(CachedRepository repository) {
        Optional<Path> main = repository.snapshot();
        Optional<Path> snapshot = main.or(() -> repository.snapshots().stream().findFirst());
        if (snapshot.isEmpty()) {
            return Optional.empty();
        }
        SnapshotContent content = new SnapshotContent(snapshot.get());
        ModelKind kind = content.kind();
        Optional<CatalogEntry> entry = ModelCatalog.of(repository.name());
        if (kind == ModelKind.OTHER || (kind == ModelKind.TOKENIZER && entry.isEmpty())) {
            return Optional.empty();
        }
        String commit = snapshot.get().getFileName().toString();
        HubName name = main.isPresent() ? repository.name() : repository.name().at(commit);
        return Optional.of(new InstalledModel(
                name.toString(),
                Source.HUB,
                kind,
                content.model().orElse(snapshot.get()),
                bytes(repository.folder()),
                content.missing(),
                entry));
    }

    private static InstalledModel added(String name, Path path) {
        boolean there = Files.exists(path);
        ModelKind kind = Files.isDirectory(path) ? new SnapshotContent(path).kind() : ModelKind.FILE;
        return new InstalledModel(
                name,
                Source.ADDED,
                kind,
                path,
                there ? bytes(path) : 0,
                there ? List.of() : List.of(path.toString()),
                Optional.empty());
    }

    /** On the disk; what links lead to counts where it lies. */
    static long bytes(Path path) {
        try (Stream<Path> files = Files.walk(path)) {
            return files.filter(file -> Files.isRegularFile(file) && !Files.isSymbolicLink(file))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        } catch (IOException | UncheckedIOException unreadable) {
            return 0;
        }
    }
}
