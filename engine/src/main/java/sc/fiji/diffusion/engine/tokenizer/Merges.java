package sc.fiji.diffusion.engine.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules of {@code merges.txt}, by rank: which two symbols that stand side by side become one. Symbols are numbered,
 * so that a pair is one {@code long}. Immutable.
 */
final class Merges {

    /** Ends the last symbol of a word. */
    private static final String END_OF_WORD = "</w>";

    /** What a pair becomes; of all pairs in a word, that of the lowest rank is merged first. */
    record Rule(int rank, int merged) {}

    private final Map<String, Integer> numbers = new HashMap<>();
    private final List<String> symbols = new ArrayList<>();
    private final Map<Long, Rule> rules = new HashMap<>();

    /** @param pairs two symbols each, by rank */
    Merges(List<String[]> pairs) {
        for (int value = 0; value < 256; value++) {
            char character = ByteAlphabet.characterOf((byte) value);
            number(String.valueOf(character));
            number(character + END_OF_WORD);
        }
        for (int rank = 0; rank < pairs.size(); rank++) {
            String left = pairs.get(rank)[0];
            String right = pairs.get(rank)[1];
            rules.put(pair(number(left), number(right)), new Rule(rank, number(left + right)));
        }
    }

    private int number(String symbol) {
        return numbers.computeIfAbsent(symbol, added -> {
            symbols.add(added);
            return symbols.size() - 1;
        });
    }

    private static long pair(int left, int right) {
        return (long) left << 32 | right;
    }

    /** The rule for a pair of symbols, or null. */
    Rule rule(int left, int right) {
        return rules.get(pair(left, right));
    }

    /** The symbols that a word, not empty, is merged into. */
    List<String> apply(String word) {
        byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
        int[] start = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            String character = String.valueOf(ByteAlphabet.characterOf(bytes[i]));
            start[i] = numbers.get(i == bytes.length - 1 ? character + END_OF_WORD : character);
        }
        List<String> merged = new ArrayList<>();
        for (int symbol : new WordMerger(this, start).merge()) {
            merged.add(symbols.get(symbol));
        }
        return merged;
    }
}
