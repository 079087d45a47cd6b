package sc.fiji.diffusion.engine.blend;

import java.util.Objects;

/**
 * A text on the way between two: the encoders' hidden states are mixed. At its ends it is the one text alone, to the bit.
 * Immutable and checked when made.
 *
 * @param from the prompt at 0
 * @param to the prompt at 1
 * @param position how far from the one to the other, 0 to 1
 */
public record PromptBlend(String from, String to, double position) {

    public PromptBlend {
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(to, "to");
        NoiseBlend.requirePosition("prompt position", position);
    }

    /** One prompt. */
    public static PromptBlend of(String prompt) {
        return new PromptBlend(prompt, prompt, 0);
    }

    /** Whether it is {@link #from} alone. */
    public boolean isOnlyFrom() {
        return position == 0 || from.equals(to);
    }
}
