package sc.fiji.diffusion.engine.download;

import java.util.List;
import java.util.Optional;

/**
 * What the hub says of a revision of a repository.
 *
 * @param commit that the revision is now
 * @param files all of it that every system can have
 * @param license its identifier, such as {@code creativeml-openrail-m}
 * @param licenseName the name of one that has no identifier
 * @param licenseLink where it stands, as the repository says
 */
record Listing(
        String commit,
        List<HubFile> files,
        Optional<String> license,
        Optional<String> licenseName,
        Optional<String> licenseLink) {

    Listing {
        files = List.copyOf(files);
    }

    Optional<HubFile> file(String path) {
        return files.stream().filter(file -> file.path().equals(path)).findFirst();
    }
}
