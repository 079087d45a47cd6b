package sc.fiji.diffusion.engine.blend;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Objects;

/**
 * What one image is led by and begins with.
 *
 * @param prompt or what lies between two
 * @param noise of a seed, or between those of two
 */
public record BlendedImage(PromptBlend prompt, NoiseBlend noise) {

    private static final int DECIMALS = 4;

    public BlendedImage {
        Objects.requireNonNull(prompt, "prompt");
        Objects.requireNonNull(noise, "noise");
    }

    /** One prompt and one seed. */
    public static BlendedImage of(String prompt, long seed) {
        return new BlendedImage(PromptBlend.of(prompt), NoiseBlend.of(seed));
    }

    /** For a slice's label, such as {@code seed 7 to 8 at 0.25, a cell to two cells at 0.5}; one line. */
    public String label() {
        String seeds = blend(noise.isOnlyFrom(), "seed ", noise.from(), noise.to(), noise.position());
        String prompts = blend(prompt.isOnlyFrom(), "", prompt.from(), prompt.to(), prompt.position());
        return (seeds + ", " + prompts).replaceAll("\\s+", " ");
    }

    private static String blend(boolean onlyFrom, String name, Object from, Object to, double position) {
        if (onlyFrom || position == 1) {
            return name + (onlyFrom ? from : to);
        }
        BigDecimal rounded = BigDecimal.valueOf(position).setScale(DECIMALS, RoundingMode.HALF_UP);
        return name + from + " to " + to + " at " + rounded.stripTrailingZeros().toPlainString();
    }
}
