package sc.fiji.diffusion.engine.hub;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A model of this machine.
 *
 * @param name that {@link Models#locate} takes
 * @param source how it came here
 * @param kind what it is there for
 * @param path its folder or file; for one of the hub's with several files, the snapshot
 * @param bytes on the disk, all revisions together
 * @param missing parts that were not fetched, or the path itself if it is gone; empty if it can be used
 * @param entry of the curated list, if it is one of it
 */
public record InstalledModel(
        String name,
        Source source,
        ModelKind kind,
        Path path,
        long bytes,
        List<String> missing,
        Optional<CatalogEntry> entry) {

    public InstalledModel {
        missing = List.copyOf(missing);
    }

    /** How a model came to be here. */
    public enum Source {
        BUILT_IN("built in"),
        HUB("fetched"),
        ADDED("added");

        private final String label;

        Source(String label) {
            this.label = label;
        }

        /** For lists, such as {@code built in}. */
        public String label() {
            return label;
        }
    }

    /** Whether nothing of it lacks. */
    public boolean isWhole() {
        return missing.isEmpty();
    }
}
