package sc.fiji.diffusion.engine.blend;

import java.util.List;
import java.util.regex.Pattern;

/** Several prompts in one text, with {@code |} or a line's end between them; {@code \|} is the sign itself. */
public final class PromptList {

    private static final Pattern BETWEEN = Pattern.compile("(?<!\\\\)\\||\\s*\\R\\s*");

    private PromptList() {}

    /** The prompts, without blanks around them; an empty line is none. */
    public static List<String> of(String text) {
        return BETWEEN.splitAsStream(text.strip())
                .map(prompt -> prompt.strip().replace("\\|", "|"))
                .toList();
    }
}
