package sc.fiji.diffusion.engine.hub;

import java.util.List;
import java.util.Optional;

/**
 * A model of the curated list.
 *
 * @param name short, for commands
 * @param repository on the hub
 * @param files of the repository, where not all that makes up the model is wanted; else empty
 * @param title what its makers call it
 * @param use what it is good for, one sentence
 * @param kind what it is there for
 * @param bytes to be fetched, about; the hub tells the exact number before a download
 * @param license as its makers name it, as far as known without asking the hub
 * @param memory bytes that a device should have for it, about
 * @param steps denoising steps that suit it
 * @param guidance classifier-free guidance that suits it; empty where the usual one does
 */
public record CatalogEntry(
        String name,
        HubName repository,
        List<String> files,
        String title,
        String use,
        ModelKind kind,
        long bytes,
        String license,
        long memory,
        Optional<Integer> steps,
        Optional<Double> guidance) {

    public CatalogEntry {
        files = List.copyOf(files);
        files.forEach(HubPath::require);
        if (!name.matches("[a-z0-9][a-z0-9.-]*") || title.isBlank() || use.isBlank() || license.isBlank()) {
            throw new IllegalArgumentException(name + ": expected a name, title, use and licence, found " + title);
        }
        if (bytes <= 0 || memory < 0) {
            throw new IllegalArgumentException(name + ": expected sizes in bytes, found " + bytes + ", " + memory);
        }
    }
}
