package sc.fiji.diffusion.engine.provenance;

import java.util.Objects;
import java.util.Optional;

/**
 * A ControlNet that steered, and by what.
 *
 * @param name of its file or folder
 * @param sha256 SHA-256 over its weights, in hexadecimal
 * @param scale how strongly
 * @param start the share of the steps after which it began
 * @param end the share of the steps after which it ended
 * @param imageSha256 of the control image, as {@link sc.fiji.diffusion.engine.image.PixelHash} takes it
 * @param hint how the control image was made, such as {@code depth}, where that is known
 */
public record ControlNetUse(
        String name, String sha256, double scale, double start, double end, String imageSha256, Optional<String> hint) {

    public ControlNetUse {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(imageSha256, "imageSha256");
        Objects.requireNonNull(hint, "hint");
    }

    /** The same, by another picture. */
    public ControlNetUse withImage(String newImageSha256) {
        return new ControlNetUse(name, sha256, scale, start, end, newImageSha256, hint);
    }

    /** For people. */
    String text() {
        return name + " with scale " + scale + " from " + start + " to " + end + " of the steps, SHA-256 " + sha256;
    }
}
