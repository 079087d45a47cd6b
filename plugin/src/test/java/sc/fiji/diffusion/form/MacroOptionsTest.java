package sc.fiji.diffusion.form;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.RequestException;

class MacroOptionsTest {

    private static final Form FORM = new Form(
            "Test...",
            List.of(
                    new Field.Model("model", "Model"),
                    new Field.Numeric("width", "Width", ""),
                    new Field.Flag("append", "Append"),
                    new Field.Text("negative", "Negative"),
                    new Field.Text("prompt", "Prompt")),
            List.of(new Form.Section("", List.of(List.of("prompt", "negative", "model", "width", "append")))));

    private static Map<String, String> read(String options) {
        Map<String, String> variables = Map.of("text", "from a variable ] width=1", "large", "3.123456789E9");
        return MacroOptions.read(FORM, options, name -> Optional.ofNullable(variables.get(name)))
                .texts();
    }

    @Test
    void readsWhatImageJRecords() {
        assertEquals(
                Map.of("width", "128", "append", "true", "negative", "", "prompt", "many green nuclei"),
                read("width=128 append negative=[] prompt=[many green nuclei] "));
    }

    @Test
    void keysThatAreLeftOutHaveNoValue() {
        assertEquals(Map.of(), read(""));
        assertEquals(Map.of("prompt", "nuclei"), read("  prompt=nuclei"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "width=999 steps=1 seed=3",
                " append ",
                "negative=[x] prompt=[y]",
                "a [b] c",
                "say \"cheese\"",
                "two\nlines",
                "Zellkerne: grün, 細胞 😀",
                "it's",
                "&text",
                "=",
            })
    void wordsOfAPromptAreNeverKeys(String prompt) {
        assertEquals(Map.of("prompt", prompt), read("prompt=[" + prompt + "]"));
        assertEquals(Map.of("width", "64", "negative", prompt), read("negative=[" + prompt + "] width=64"));
    }

    @Test
    void aVariableOfTheMacroMayHoldAnyText() {
        assertEquals(Map.of("prompt", "from a variable ] width=1"), read("prompt=&text"));
        assertEquals(Map.of("prompt", "&other"), read("prompt=&other"));
    }

    @Test
    void aVariablesNumberHasAllItsDigits() {
        assertEquals(Map.of("width", "3123456789"), read("width=&large"));
        assertEquals(Map.of("prompt", "3.123456789E9"), read("prompt=&large"), "a text");
    }

    @Test
    void singleQuotesDelimitATextAsEverywhereInImageJ() {
        assertEquals(Map.of("prompt", "two words", "width", "8"), read("prompt='two words' width=8"));
    }

    @Test
    void backslashesOfAFolderStay() {
        assertEquals(Map.of("model", "C:\\my models\\sd15"), read("model=[C:\\my models\\sd15]"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "widht=64",
                "prompt=many green",
                "prompt=[a] b]",
                "prompt=[a",
                "prompt='a",
                "width",
                "width=1 width=2"
            })
    void whatCanNotBeReadIsRefused(String options) {
        assertThrows(RequestException.class, () -> read(options));
    }

    @Test
    void anUnknownKeyIsNamedWithTheKeysThereAre() {
        RequestException e = assertThrows(RequestException.class, () -> read("widht=64"));
        assertTrue(e.getMessage().contains("\"widht\""), e.getMessage());
        assertTrue(e.getMessage().contains("model, width, append, negative, prompt"), e.getMessage());
    }

    /** Made of what the options' language is made of, so that all of it comes up. */
    @Property
    void anyOptionsAreReadOrRefusedWithOneSentence(@ForAll("options") String options) {
        try {
            FieldValues values = new FieldValues(read(options));
            for (String key : values.texts().keySet()) {
                assertEquals(values.texts().get(key), values.text(key));
            }
            if (values.has("width")) {
                assertTrue(Double.isFinite(values.number("width")), options);
            }
        } catch (RequestException refusal) {
            assertTrue(
                    refusal.getMessage().chars().noneMatch(Character::isISOControl)
                            && refusal.getMessage().contains("expected"),
                    refusal.getMessage());
        }
    }

    @Provide
    Arbitrary<String> options() {
        return Arbitraries.of(
                        "width",
                        "append",
                        "negative",
                        "prompt",
                        "nothing",
                        "=",
                        "=",
                        " ",
                        " ",
                        "[",
                        "]",
                        "\\",
                        "'",
                        "&",
                        "text",
                        "\n",
                        "\u0000",
                        "\ud800",
                        "-1",
                        "1e400",
                        "NaN",
                        "0x7",
                        "128")
                .list()
                .ofMaxSize(20)
                .map(parts -> String.join("", parts));
    }

    @Test
    void aMegabyteOfAnythingIsReadOrRefusedInTime() {
        for (String part : List.of("[", "]", "9", "=", "\\", "\\[", "width=9 ", "prompt=[")) {
            String options = "width=" + part.repeat((1 << 20) / part.length());
            assertTimeout(
                    Duration.ofSeconds(20),
                    () -> assertThrows(RequestException.class, () -> new FieldValues(read(options)).wholeInt("width")),
                    () -> "many " + part);
        }
    }
}
