package sc.fiji.diffusion.engine.download;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.hub.CachedRepository;
import sc.fiji.diffusion.engine.hub.HubName;
import sc.fiji.diffusion.engine.hub.HubPath;

/**
 * Puts files into the cache as {@code huggingface_hub} does: contents by their hashes, a link to each by its name in the
 * commit's snapshot; where there are no links, the content itself. Links are made once all contents are there, the
 * model's index last, so that a snapshot that can be opened is whole.
 *
 * @param repository in the cache
 * @param commit of the snapshot
 * @param symlinks whether links may be made
 */
record CachePlacement(CachedRepository repository, String commit, boolean symlinks) {

    private static final String TAG = "CACHEDIR.TAG";

    Path content(HubFile file) {
        return repository.blob(file.hash().hex());
    }

    private Path pointer(HubFile file) {
        return HubPath.in(repository.snapshot(commit), file.path());
    }

    /** Whether the content is there, by its size: it was checked when it was put there. */
    boolean isThere(HubFile file) {
        return hasSize(content(file), file) || hasSize(pointer(file), file);
    }

    private static boolean hasSize(Path path, HubFile file) {
        try {
            return Files.isRegularFile(path) && Files.size(path) == file.size();
        } catch (IOException gone) {
            return false;
        }
    }

    /** Makes the links of files whose contents are all there, and notes what commit the revision is. */
    void link(List<HubFile> files, HubName name) {
        List<HubFile> ordered = new ArrayList<>(files);
        ordered.sort(Comparator.comparing(
                (HubFile file) -> file.folder().isEmpty() && file.name().endsWith("index.json")));
        try {
            for (int i = 0; i < ordered.size(); i++) {
                link(ordered.get(i), isWanted(ordered.get(i), ordered.subList(i + 1, ordered.size())));
            }
            if (!name.isCommit()) {
                write(repository.ref(name.revision()), commit);
            }
            Path tag = repository.folder().resolveSibling(TAG);
            if (!Files.exists(tag)) {
                // As https://bford.info/cachedir asks: programs that make backups leave it out.
                write(tag, "Signature: 8a477f597d28d172789f06886806bc55\n");
            }
        } catch (IOException e) {
            throw new EngineException(repository.folder() + ": expected to write there, found " + e, e);
        }
    }

    /** Whether another file has the same content, as both tokenizers of Stable Diffusion XL have. */
    private boolean isWanted(HubFile file, List<HubFile> later) {
        return later.stream()
                .anyMatch(other -> content(other).equals(content(file)) && !hasSize(pointer(other), other));
    }

    /** @param wanted whether the content must stay where it is for others */
    private void link(HubFile file, boolean wanted) throws IOException {
        Path pointer = pointer(file);
        if (hasSize(pointer, file)) {
            return;
        }
        Files.createDirectories(pointer.getParent());
        Path fresh = pointer.resolveSibling(".fetched-" + UUID.randomUUID());
        try {
            if (!linked(fresh, pointer, content(file))) {
                // Other snapshots may have a copy of it, but none has this file itself.
                copyOrMove(content(file), fresh, wanted);
            }
            Files.move(fresh, pointer, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static void copyOrMove(Path content, Path fresh, boolean wanted) throws IOException {
        if (wanted) {
            Files.copy(content, fresh);
        } else {
            Files.move(content, fresh, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private boolean linked(Path fresh, Path pointer, Path content) throws IOException {
        if (!symlinks) {
            return false;
        }
        try {
            Files.createSymbolicLink(fresh, pointer.getParent().relativize(content));
            return true;
        } catch (UnsupportedOperationException | IOException notAllowed) {
            if (Files.exists(fresh, LinkOption.NOFOLLOW_LINKS)) {
                throw new IOException(fresh + " is in the way", notAllowed);
            }
            return false;
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Path fresh = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID());
        try {
            Files.writeString(fresh, text, StandardCharsets.UTF_8);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
