package sc.fiji.diffusion.engine.provenance;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The options that a selection was inpainted with, as users type them.
 *
 * @param crop {@code auto}, {@code off}, or a number of pixels
 * @param grow pixels by which the mask was widened; empty: as suited it
 * @param feather width in pixels of the mask's soft edge; empty: as suited it
 * @param fill what lay under the mask at the beginning, such as {@code blur}; empty: as suited the strength
 */
public record Recipe(String crop, OptionalInt grow, OptionalInt feather, Optional<String> fill) {

    public Recipe {
        Objects.requireNonNull(crop, "crop");
        Objects.requireNonNull(grow, "grow");
        Objects.requireNonNull(feather, "feather");
        Objects.requireNonNull(fill, "fill");
    }

    /** For people. */
    String text() {
        return "crop " + crop + ", grow " + text(grow) + ", feather " + text(feather) + ", fill " + fill.orElse("auto");
    }

    private static String text(OptionalInt pixels) {
        return pixels.isPresent() ? Integer.toString(pixels.getAsInt()) : "auto";
    }
}
