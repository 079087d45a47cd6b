package sc.fiji.diffusion.engine.checkpoint;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;

/**
 * What a safetensors file says of itself, by Stability AI's ModelSpec.
 *
 * @param fields the header's {@code __metadata__}
 */
public record FileMetadata(Map<String, String> fields) {

    private static final Pattern RESOLUTION = Pattern.compile("\\s*(\\d{2,4})\\s*(?:x\\s*(\\d{2,4})\\s*)?");

    public FileMetadata {
        fields = Map.copyOf(fields);
    }

    public static FileMetadata of(SafetensorsFile file) {
        return new FileMetadata(file.metadata());
    }

    /** The size in pixels that the model was trained for; empty if it is not said, or not square. */
    public Optional<Integer> nativeSize() {
        Matcher matcher = RESOLUTION.matcher(fields.getOrDefault("modelspec.resolution", ""));
        if (!matcher.matches() || (matcher.group(2) != null && !matcher.group(2).equals(matcher.group(1)))) {
            return Optional.empty();
        }
        int size = Integer.parseInt(matcher.group(1));
        return size >= 64 ? Optional.of(size) : Optional.empty();
    }

    /** Empty if it is not said. */
    public Optional<String> license() {
        return text("modelspec.license");
    }

    /** Empty if it is not said. */
    public Optional<String> title() {
        return text("modelspec.title");
    }

    private Optional<String> text(String field) {
        return Optional.ofNullable(fields.get(field)).filter(value -> !value.isBlank());
    }
}
