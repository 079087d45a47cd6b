package sc.fiji.diffusion.edit;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.MaskFill;
import sc.fiji.diffusion.engine.inpaint.Crop;
import sc.fiji.diffusion.engine.inpaint.InpaintRecipe;

/** Reads how to inpaint, as macros and scripts write it. */
public final class InpaintRecipes {

    /** Stands for what suits the selection. */
    public static final String AUTO = "auto";

    /** The same as a number of pixels. */
    public static final int AUTO_PIXELS = -1;

    private InpaintRecipes() {}

    /**
     * @param crop {@link #AUTO} or {@code off}
     * @param grow pixels, or {@link #AUTO_PIXELS}
     * @param feather pixels, or {@link #AUTO_PIXELS}
     * @param fill {@link #AUTO}, or the name of a {@link MaskFill} in lower case
     * @throws RequestException if one of them can't be read
     */
    public static InpaintRecipe of(String crop, int grow, int feather, String fill) {
        return new InpaintRecipe(Crop.parse(crop), pixels("grow", grow), pixels("feather", feather), fill(fill));
    }

    private static OptionalInt pixels(String key, int pixels) {
        if (pixels < AUTO_PIXELS) {
            throw new RequestException(key + ": expected 0 or more pixels, or -1 for automatic, found " + pixels);
        }
        return pixels == AUTO_PIXELS ? OptionalInt.empty() : OptionalInt.of(pixels);
    }

    private static Optional<MaskFill> fill(String name) {
        if (name.equals(AUTO)) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(MaskFill.values())
                .filter(known -> known.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> new RequestException(
                        "fill: expected auto, original, blur, surroundings or neutral, found " + name)));
    }
}
