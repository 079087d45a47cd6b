package sc.fiji.diffusion.engine.hub;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what the README of a model on the Hugging Face hub says above its text, between two lines of three dashes. */
public final class ModelCard {

    private static final long LARGEST_BYTES = 4L << 20;
    private static final String FENCE = "---";
    /** It never goes back, so that a long line takes no more than its length. */
    private static final Pattern LICENSE = Pattern.compile("license:\\s*+[\"']?+([^\"'#]++)[\"']?+\\s*+(?:#.*+)?+");

    private ModelCard() {}

    /** The licence that a folder's README states. */
    public static Optional<String> license(Path model) {
        Path readme = model.resolve("README.md");
        try {
            if (!Files.isRegularFile(readme) || Files.size(readme) > LARGEST_BYTES) {
                return Optional.empty();
            }
            return license(Files.readAllLines(readme));
        } catch (IOException unreadable) {
            // Nothing hangs on a README.
            return Optional.empty();
        }
    }

    private static Optional<String> license(List<String> lines) {
        if (lines.isEmpty() || !lines.get(0).strip().equals(FENCE)) {
            return Optional.empty();
        }
        return lines.stream()
                .skip(1)
                .takeWhile(line -> !line.strip().equals(FENCE))
                .map(LICENSE::matcher)
                .filter(Matcher::matches)
                .map(matcher -> matcher.group(1).strip())
                .findFirst();
    }
}
