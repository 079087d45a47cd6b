package sc.fiji.diffusion.engine.prompt;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.RequestException;

/** The grammar, on the examples that AUTOMATIC1111's webui documents and on what people type. */
class PromptSyntaxTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "normal text|normal text×1",
                "an (important) word|an ×1/important×1.1/ word×1",
                "(unbalanced|unbalanced×1.1",
                "\\(literal\\]|(literal]×1",
                "(unnecessary)(parens)|unnecessaryparens×1.1",
                "a (((house:1.3)) [on] a (hill:0.5), sun, (((sky))).|"
                        + "a ×1/house×1.573/ ×1.1/on×1/ a ×1.1/hill×0.55/, sun, ×1.1/sky×1.4641/.×1.1",
                "(((cat)))|cat×1.331",
                "[[dim]]|dim×0.826446",
                "(a [b) c]|a ×1.1/b×1/ c×0.909091",
                "(spaced : 1.5 )|spaced ×1.5",
                "(less:-0.5)|less×-0.5",
                "(nothing:0)|nothing×0",
                "(half:.5)|half×0.5",
                "(one:1.)|one×1",
                "(one:+1.2)|one×1.2",
            })
    void weightsAreRead(String text, String parts) {
        assertEquals(parts, written(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '"',
            value = {
                "(a:1.2.3);a:1.2.3×1.1",
                "(a:.);a:.×1.1",
                "(a:NaN);a:NaN×1.1",
                "(a:1e3);a:1e3×1.1",
                "(ratio 3:4 of);ratio 3:4 of×1.1",
                "a:1.3);a:1.3)×1",
                "[a:1.3];a:1.3×0.909091",
                "a) b] c;a) b] c×1",
                "http://x.y/z?q=1;http://x.y/z?q=1×1",
                "C:\\cells \\alpha;C:\\cells \\alpha×1",
                "\\\\(a);\\×1/a×1.1",
                "[cat:dog:0.5] AND [a|b];cat:dog:0.5×0.909091/ AND ×1/a|b×0.909091",
            })
    void whatIsNoSignOfTheGrammarIsText(String text, String parts) {
        assertEquals(parts, written(text));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "red BREAK blue;red×1/BREAK/blue×1",
                "BREAK blue;BREAK/blue×1",
                "red BREAK;red×1/BREAK",
                "a BREAK BREAK b;a×1/BREAK/BREAK/b×1",
                "(a BREAK b:1.2);a×1.2/BREAK/b×1.2",
                "(BREAK);BREAK",
                "aBREAK BREAKs BREAK_ break;aBREAK BREAKs BREAK_ break×1",
                "éBREAK 𝐀BREAK;éBREAK 𝐀BREAK×1",
                "x,BREAK,y;x,×1/BREAK/,y×1",
            })
    void breakIsAWordInCapitalsWhateverBracketsItStandsIn(String text, String parts) {
        assertEquals(parts, written(text));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "()", "[]", "((", "[([", "()[]", "(:1.2)"})
    void withoutWordsThereAreNoParts(String text) {
        assertEquals(List.of(), PromptSyntax.WEIGHTED.parse(text).parts());
    }

    @Test
    void plainTextIsOnePartAsItIs() {
        String text = "a (b:1.2) [c] \\( BREAK";
        assertEquals(
                List.of(new Prompt.Text(text, 1)),
                PromptSyntax.PLAIN.parse(text).parts());
        assertEquals(List.of(), PromptSyntax.PLAIN.parse("").parts());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"diluted (1:1000)", "(a:-11)", "((((a:5):5):0.5))", "(a:99999999999999999999999999999999999999)"
            })
    void aWeightThatNoPictureCanFollowIsToldWithItsText(String text) {
        Prompt prompt = PromptSyntax.WEIGHTED.parse(text);
        RequestException e = assertThrows(RequestException.class, () -> prompt.requireUsableWeights("prompt"));
        assertTrue(e.getMessage().startsWith("prompt: expected weights from -10 to 10, found "), e.getMessage());
        assertTrue(e.getMessage().endsWith("\"; brackets that are no weight are written \\( and \\)"), e.getMessage());
    }

    @Test
    void aDilutionInEscapedBracketsIsText() {
        Prompt prompt = PromptSyntax.WEIGHTED.parse("diluted \\(1:1000\\), (a:10) (b:-10)");
        assertDoesNotThrow(() -> prompt.requireUsableWeights("prompt"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "(a", "[a", "(a)", "([", "BREAK ", ":", ": ", "\\", "(a:1", "(a:1)", " ", "1"})
    void hundredThousandsOfSignsTakeSeconds(String unit) {
        String text = unit.repeat(200_000 / unit.length());
        assertTimeout(Duration.ofSeconds(10), () -> PromptSyntax.WEIGHTED.parse(text), unit);
        assertTimeout(Duration.ofSeconds(10), () -> PromptSyntax.WEIGHTED.parse(text + ")".repeat(100_000)), unit);
    }

    private static String written(String text) {
        return PromptSyntax.WEIGHTED.parse(text).parts().stream()
                .map(part -> part instanceof Prompt.Text words ? words.text() + "×" + rounded(words.weight()) : "BREAK")
                .collect(Collectors.joining("/"));
    }

    private static String rounded(double weight) {
        return String.format(Locale.ROOT, "%.6f", weight).replaceAll("\\.?0+$", "");
    }
}
