package sc.fiji.diffusion.engine.provenance;

import java.util.Objects;
import sc.fiji.diffusion.engine.image.PixelHash;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.image.Size;

/**
 * The picture that was begun with, as the model was to see it.
 *
 * @param size in pixels, before it was brought to the size in which the model works
 * @param sha256 of its pixels, as {@link PixelHash} takes it, in hexadecimal
 */
public record Source(Size size, String sha256) {

    public Source {
        Objects.requireNonNull(size, "size");
        Objects.requireNonNull(sha256, "sha256");
    }

    /** Reads all of its pixels, and copies none. */
    public static Source of(RgbImage image) {
        return new Source(new Size(image.width(), image.height()), PixelHash.of(image));
    }

    /** For people. */
    String text() {
        return size.width() + " x " + size.height() + ", SHA-256 " + sha256;
    }
}
