package sc.fiji.diffusion.form;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MacroTextTest {

    @Test
    void bracketsInPairsAndOrdinaryWordsStandAsTheyAre() {
        String text = "green [many] nuclei, \"sharp\" (dim:0.5) \\(no weight\\)";
        assertEquals(text, MacroText.encode(text));
    }

    @Test
    void bracketsWithoutPartnersAndEqualsSignsGetABackslash() {
        assertEquals("a \\] b \\[ c", MacroText.encode("a ] b [ c"));
        assertEquals("width\\=999", MacroText.encode("width=999"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "]",
                "[",
                "\\",
                "\\\\",
                "a\\",
                "\\]",
                "\\[a]",
                "[a]\\",
                "\\=",
                "=[]=",
                "]\\[",
                "ä 細胞 😀 \n \""
            })
    void everyTextIsReadBackTheSame(String text) {
        assertReadBack(text);
    }

    @Test
    void textsOfHostileCharactersAreReadBackTheSame() {
        Random random = new Random(1);
        String alphabet = "[]\\='& a";
        for (int i = 0; i < 20_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(9); length > 0; length--) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            assertReadBack(text.toString());
        }
    }

    private static void assertReadBack(String text) {
        String bracketed = "[" + MacroText.encode(text) + "] steps=3";
        int end = MacroText.closingBracket(bracketed, 0);
        assertEquals(bracketed.length() - " steps=3".length() - 1, end, bracketed);
        assertEquals(text, MacroText.decode(bracketed.substring(1, end)), bracketed);
    }
}
