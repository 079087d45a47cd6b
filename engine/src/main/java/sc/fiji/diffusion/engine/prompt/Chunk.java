package sc.fiji.diffusion.engine.prompt;

import java.util.List;

/**
 * As many tokens of a prompt as a text encoder takes at once, or fewer: without begin, end and padding, which stand
 * around it. Immutable.
 *
 * @param tokens in the order of the text
 */
public record Chunk(List<Token> tokens) {

    /** No text at all: what the shorter of two prompts is filled up with. */
    public static final Chunk EMPTY = new Chunk(List.of());

    public Chunk {
        tokens = List.copyOf(tokens);
    }

    /**
     * @param id in the tokenizer's vocabulary
     * @param weight of the part of the prompt that it comes from
     */
    public record Token(int id, double weight) {}

    /** The tokens' ids. */
    public int[] ids() {
        return tokens.stream().mapToInt(Token::id).toArray();
    }

    /** True if nothing in it weighs more or less than plain text. */
    public boolean isPlain() {
        return tokens.stream().allMatch(token -> token.weight() == 1);
    }
}
