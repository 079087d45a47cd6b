package sc.fiji.diffusion.engine.inpaint;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.MaskFill;
import sc.fiji.diffusion.engine.provenance.Recipe;

/**
 * How a selection is inpainted. What is left empty is chosen to suit the selection's size and the strength
 * ({@link sc.fiji.diffusion.engine.image.InpaintGeometry}).
 *
 * @param crop how much of the picture the model sees
 * @param grow pixels by which the mask is widened for the model, 0 or more; empty: 0
 * @param feather width in pixels of the mask's soft edge for the model, 0 or more
 * @param fill what lies under the mask when it begins; empty: the surroundings at strength 1, else what was there
 */
public record InpaintRecipe(Crop crop, OptionalInt grow, OptionalInt feather, Optional<MaskFill> fill) {

    private static final int MOST_PIXELS = 4096;

    public InpaintRecipe {
        requirePixels("grow", grow);
        requirePixels("feather", feather);
    }

    /** Everything chosen to suit the selection. */
    public static InpaintRecipe automatic() {
        return new InpaintRecipe(new Crop.Auto(), OptionalInt.empty(), OptionalInt.empty(), Optional.empty());
    }

    /** Nothing beyond what diffusers does. */
    public static InpaintRecipe plain() {
        return new InpaintRecipe(new Crop.Off(), OptionalInt.of(0), OptionalInt.of(0), Optional.empty());
    }

    /** Whether it is diffusers' inpainting: the mask as it is, the picture as it is. */
    public boolean isPlain() {
        return crop instanceof Crop.Off && grow.equals(OptionalInt.of(0)) && feather.equals(OptionalInt.of(0));
    }

    /** As users type it, to be kept with what it made. */
    Recipe asTyped() {
        return new Recipe(
                crop.typed(), grow, feather, fill.map(value -> value.name().toLowerCase(Locale.ROOT)));
    }

    /**
     * That which {@link #asTyped} tells.
     *
     * @throws RequestException if it tells none
     */
    public static InpaintRecipe of(Recipe typed) {
        return new InpaintRecipe(
                Crop.parse(typed.crop()),
                typed.grow(),
                typed.feather(),
                typed.fill().map(MaskFill::named));
    }

    MaskFill fill(double strength) {
        if (isPlain()) {
            return fill.orElse(MaskFill.ORIGINAL);
        }
        return fill.orElse(strength == 1 ? MaskFill.SURROUNDINGS : MaskFill.ORIGINAL);
    }

    private static void requirePixels(String field, OptionalInt pixels) {
        if (pixels.isPresent() && (pixels.getAsInt() < 0 || pixels.getAsInt() > MOST_PIXELS)) {
            throw new RequestException(
                    field + ": expected 0 to " + MOST_PIXELS + " pixels, found " + pixels.getAsInt());
        }
    }
}
