package sc.fiji.diffusion.engine.download;

import java.util.List;
import java.util.Optional;

/**
 * Which of a repository's files are wanted.
 *
 * @param precision a variant such as {@code fp16}, or {@code fp32} for the files without one; empty for the smallest of
 *     these two that there is
 * @param files to be fetched and no others; empty for what makes up the model
 */
public record DownloadOptions(Optional<String> precision, List<String> files) {

    /** What makes up the model, in the smaller precision. */
    public static final DownloadOptions USUAL = new DownloadOptions(Optional.empty(), List.of());

    public DownloadOptions {
        files = List.copyOf(files);
    }
}
