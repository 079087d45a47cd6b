package sc.fiji.diffusion.engine.prompt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

/** What holds for every prompt, in any language, however odd. */
class PromptPropertiesTest {

    /** Blanks as the parser knows them, which are more than {@code \\s}: the separators U+001C to U+001F, for some. */
    private static final String SIGNS_AND_NUMBERS = "[()\\[\\]\\\\:.+\\-0-9\\p{javaWhitespace}]|BREAK";

    @Provide
    Arbitrary<String> prompts() {
        Arbitrary<String> oddities = Arbitraries.of(
                "(", ")", "[", "]", "\\", ":", ":1.2)", ":0.5)", ": 3 )", ":1.2.3)", "BREAK", " BREAK ", " ", ",", "a",
                "b", "细胞", "é", "e\u0301", "😀", "\uD83D", "\uDE00", "\u0000", "\u202e", "|", "AND");
        Arbitrary<String> anything = Arbitraries.strings().all().ofMaxLength(5);
        return Arbitraries.frequencyOf(Tuple.of(9, oddities), Tuple.of(1, anything))
                .list()
                .ofMaxSize(25)
                .map(pieces -> String.join("", pieces));
    }

    @Property(tries = 3000)
    void noWordIsLostOrDoubledOrMoved(@ForAll("prompts") String text) {
        String joined = texts(text).stream().map(Prompt.Text::text).collect(Collectors.joining());
        assertEquals(text.replaceAll(SIGNS_AND_NUMBERS, ""), joined.replaceAll(SIGNS_AND_NUMBERS, ""), text);
    }

    @Property(tries = 3000)
    void weightsAreThoseOfMultiplyingFromEachBracketToItsPartner(@ForAll("prompts") String text) {
        String signs = text.replace("BREAK", "").replace(".", "");
        List<SlowWeights.Sign> expected = SlowWeights.of(signs);
        List<SlowWeights.Sign> found = new ArrayList<>();
        for (Prompt.Text part : texts(signs)) {
            part.text().chars().forEach(c -> found.add(new SlowWeights.Sign((char) c, part.weight())));
        }
        assertEquals(expected.size(), found.size(), signs);
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i).sign(), found.get(i).sign(), "at " + i + " of " + signs);
            double weight = expected.get(i).weight();
            assertEquals(weight, found.get(i).weight(), 1e-9 * Math.abs(weight), "at " + i + " of " + signs);
        }
    }

    @Property(tries = 1000)
    void escapedSignsArePlainText(@ForAll("prompts") String text) {
        String words = text.replace("BREAK", "break");
        String escaped = words.replaceAll("[\\\\()\\[\\]]", "\\\\$0");
        List<Prompt.Part> expected = words.isEmpty() ? List.of() : List.of(new Prompt.Text(words, 1));
        assertEquals(expected, PromptSyntax.WEIGHTED.parse(escaped).parts());
    }

    @Property(tries = 2000)
    void chunksHaveEveryTokenOnceInItsPlaceWithItsWeight(
            @ForAll("prompts") String text, @ForAll @IntRange(min = 1, max = 80) int capacity) {
        Prompt prompt = PromptSyntax.WEIGHTED.parse(text.repeat(3));
        List<Chunk> chunks = new Chunker(PromptPropertiesTest::signs, capacity).chunks(prompt);
        List<Chunk.Token> expected = new ArrayList<>();
        for (Prompt.Part part : prompt.parts()) {
            if (part instanceof Prompt.Text words) {
                signs(words.text()).forEach(id -> expected.add(new Chunk.Token(id[0], words.weight())));
            }
        }
        assertEquals(
                expected,
                chunks.stream().flatMap(chunk -> chunk.tokens().stream()).toList());
        assertFalse(chunks.isEmpty());
        for (Chunk chunk : chunks) {
            assertTrue(chunk.tokens().size() <= capacity, capacity + " hold " + chunk.ids().length);
        }
        long breaks = prompt.parts().stream()
                .filter(part -> part instanceof Prompt.Break)
                .count();
        int least = (expected.size() + capacity - 1) / capacity;
        assertTrue(chunks.size() >= least, "at least " + least + " chunks, found " + chunks.size());
        if (breaks == 0 && text.indexOf(',') < 0) {
            assertEquals(Math.max(1, least), chunks.size(), "chunks of a text without a comma");
        }
    }

    private static List<Prompt.Text> texts(String text) {
        return PromptSyntax.WEIGHTED.parse(text).parts().stream()
                .filter(part -> part instanceof Prompt.Text)
                .map(part -> (Prompt.Text) part)
                .toList();
    }

    /** A tokenization that takes each char for a token. */
    private static List<int[]> signs(String text) {
        return Arrays.stream(text.chars().toArray())
                .mapToObj(c -> new int[] {c})
                .toList();
    }
}
