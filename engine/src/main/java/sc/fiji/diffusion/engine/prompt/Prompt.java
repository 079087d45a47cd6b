package sc.fiji.diffusion.engine.prompt;

import java.util.List;
import sc.fiji.diffusion.engine.RequestException;

/**
 * A prompt that has been read: texts with their weights, and where the chunk is to end. Immutable.
 *
 * @param parts in the order of the text; no text is empty, and neighbours have different weights
 */
public record Prompt(List<Part> parts) {

    /** Beyond it a weight drowns everything else; usual are 0.5 to 1.5. */
    public static final double LARGEST_WEIGHT = 10;

    private static final int SHOWN_LENGTH = 30;

    public Prompt {
        parts = List.copyOf(parts);
    }

    /** A piece of a prompt. */
    public sealed interface Part {}

    /**
     * Words that weigh the same.
     *
     * @param weight 1 is plain, 0 takes the words' meaning out, below it the meaning is turned round
     */
    public record Text(String text, double weight) implements Part {}

    /** The chunk ends here, however few tokens it has. */
    public record Break() implements Part {}

    /**
     * @param field the prompt's name
     * @throws RequestException if a weight is none that a picture could follow
     */
    public void requireUsableWeights(String field) {
        for (Part part : parts) {
            // Written so that NaN is refused too.
            if (part instanceof Text text && !(Math.abs(text.weight()) <= LARGEST_WEIGHT)) {
                throw new RequestException(field + ": expected weights from -10 to 10, found " + text.weight()
                        + " for \"" + shown(text.text()) + "\"; brackets that are no weight are written \\( and \\)");
            }
        }
    }

    private static String shown(String text) {
        return text.codePointCount(0, text.length()) <= SHOWN_LENGTH
                ? text
                : text.substring(0, text.offsetByCodePoints(0, SHOWN_LENGTH)) + "…";
    }
}
