package sc.fiji.diffusion.engine.hub;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A repository in the cache, in {@code huggingface_hub}'s layout: {@code blobs/<hash>} are the files' contents, {@code
 * snapshots/<commit>} has a link to one of them by every file's name, {@code refs/<revision>} tells a branch's commit.
 *
 * @param name whichever revision it names
 * @param folder such as {@code models--owner--name}
 */
public record CachedRepository(HubName name, Path folder) {

    private static final int LONGEST_REF = 200;

    /** The one in a cache, which need not be there. */
    public static CachedRepository of(Path cache, HubName name) {
        return new CachedRepository(name, cache.resolve(name.folder()));
    }

    public Path blob(String hash) {
        return folder.resolve("blobs").resolve(hash);
    }

    public Path snapshot(String commit) {
        return folder.resolve("snapshots").resolve(commit);
    }

    public Path ref(String revision) {
        return folder.resolve("refs").resolve(revision);
    }

    /** The files that other processes lock while they fetch, one for each content. */
    public Path locks() {
        return folder.resolveSibling(".locks").resolve(folder.getFileName());
    }

    /** The snapshot of the revision that the name has, if something of it is there. */
    public Optional<Path> snapshot() {
        return commit().map(this::snapshot).filter(Files::isDirectory);
    }

    private Optional<String> commit() {
        if (name.isCommit()) {
            return Optional.of(name.revision());
        }
        Path ref = ref(name.revision());
        try {
            if (Files.isRegularFile(ref) && Files.size(ref) <= LONGEST_REF) {
                return Optional.of(Files.readString(ref, StandardCharsets.UTF_8).strip())
                        .filter(HubName::isCommit);
            }
        } catch (IOException unreadable) {
            // As if it was not there.
        }
        return Optional.empty();
    }

    /** All of them, in an order that stays the same. */
    public List<Path> snapshots() {
        return list(folder.resolve("snapshots"), Files::isDirectory);
    }

    /** The revisions that have a name, each a file. */
    List<Path> refs() {
        Path refs = folder.resolve("refs");
        if (!Files.isDirectory(refs)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(refs)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException | UncheckedIOException unreadable) {
            return List.of();
        }
    }

    /** What a folder holds; nothing if this user may not read it. */
    static List<Path> list(Path folder, Predicate<Path> wanted) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.filter(wanted).sorted().toList();
        } catch (IOException | UncheckedIOException unreadable) {
            return List.of();
        }
    }
}
