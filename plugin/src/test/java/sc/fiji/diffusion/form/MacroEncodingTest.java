package sc.fiji.diffusion.form;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MacroEncodingTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "beads", "grüne Zellkerne", "細胞 😀", "naïve café – e\u0301", "Привет, مرحبا"})
    void utf8ThatWasTakenForBytesIsReadRight(String text) {
        String misread = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        assertEquals(text, MacroEncoding.decoded(misread));
        assertEquals(text, MacroEncoding.decoded(text), "read right already");
    }

    @ParameterizedTest
    @ValueSource(strings = {"µm", "Ü", "ÄÖ", "ß x²", "prompt=[grün] scheduler=euler", "\uD83D"})
    void lettersThatWereReadRightStay(String text) {
        assertEquals(text, MacroEncoding.decoded(text));
    }
}
