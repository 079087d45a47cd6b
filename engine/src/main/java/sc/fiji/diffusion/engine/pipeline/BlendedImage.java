package sc.fiji.diffusion.engine.pipeline;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;

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

    /** The images of a request as it is: one prompt, and one seed after the other. */
    static List<BlendedImage> of(TextToImageRequest request) {
        PromptBlend prompt = PromptBlend.of(request.prompt());
        return LongStream.range(0, request.batchSize())
                .mapToObj(image -> new BlendedImage(prompt, NoiseBlend.of(request.seed() + image)))
                .toList();
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
