package sc.fiji.diffusion.engine.tokenizer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

class WordMergerTest {

    /** Whatever the rules, even those that no training would give. */
    @Property(tries = 2000)
    void theQueueMergesAsTheSimpleLoopOfGpt2Does(
            @ForAll("rules") List<String[]> rules,
            @ForAll @CharRange(from = 'a', to = 'c') @StringLength(min = 1, max = 30) String word) {
        assertEquals(simpleLoop(rules, word), new Merges(rules).apply(word));
    }

    @Property
    void theSymbolsTogetherAreTheWord(@ForAll @StringLength(min = 1) @From("words") String word) {
        List<String[]> rules =
                SmallTokenizer.MERGES.stream().map(line -> line.split(" ")).toList();
        String joined = String.join("", new Merges(rules).apply(word));
        assertEquals(word + "</w>", joined);
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.strings().withChars("lownernew!").ofMinLength(1).ofMaxLength(40);
    }

    @Provide
    Arbitrary<List<String[]>> rules() {
        Arbitrary<String> symbol = Arbitraries.strings()
                .withCharRange('a', 'c')
                .ofMinLength(1)
                .ofMaxLength(3)
                .flatMap(text -> Arbitraries.of(text, text, text + "</w>"));
        return symbol.array(String[].class)
                .ofSize(2)
                .list()
                .uniqueElements(List::of)
                .ofMaxSize(25);
    }

    private static List<String> simpleLoop(List<String[]> rules, String word) {
        List<String> symbols = new ArrayList<>();
        for (int i = 0; i < word.length(); i++) {
            symbols.add(String.valueOf(word.charAt(i)));
        }
        symbols.set(symbols.size() - 1, symbols.get(symbols.size() - 1) + "</w>");
        while (true) {
            String[] best = bestPair(rules, symbols);
            if (best == null) {
                return symbols;
            }
            List<String> merged = new ArrayList<>();
            for (int i = 0; i < symbols.size(); i++) {
                boolean fits = i + 1 < symbols.size()
                        && symbols.get(i).equals(best[0])
                        && symbols.get(i + 1).equals(best[1]);
                merged.add(fits ? best[0] + best[1] : symbols.get(i));
                i += fits ? 1 : 0;
            }
            symbols = merged;
        }
    }

    private static String[] bestPair(List<String[]> rules, List<String> symbols) {
        for (String[] rule : rules) {
            for (int i = 0; i + 1 < symbols.size(); i++) {
                if (symbols.get(i).equals(rule[0]) && symbols.get(i + 1).equals(rule[1])) {
                    return rule;
                }
            }
        }
        return null;
    }
}
