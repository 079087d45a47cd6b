package sc.fiji.diffusion.engine.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.CheckpointException;

/** With a small vocabulary of its own: needs nothing but itself. */
class ClipTokenizerTest {

    private static final Map<String, Integer> IDS = SmallTokenizer.vocabulary();

    @TempDir
    Path folder;

    @BeforeEach
    void writeFiles() throws IOException {
        SmallTokenizer.write(folder);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "low|low</w>",
                "Lower|lo w er</w>",
                "new  lo|new</w> l o</w>",
                "it's|i t</w> ' s</w>",
                "'re|' r e</w>",
                "12|1</w> 2</w>",
                "!!|!!</w>",
                "a-b|a</w> -</w> b</w>",
                "low!'s|low</w> ! '</w> s</w>",
            })
    void aTextIsSplitAndMergedAsByClip(String text, String symbols) {
        int[] expected = Arrays.stream(symbols.split(" ")).mapToInt(IDS::get).toArray();
        assertArrayEquals(expected, ClipTokenizer.open(folder).tokens(text));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTokenizerJsonAloneSaysTheSame(boolean mergesAsLists) throws IOException {
        int[] expected = ClipTokenizer.open(folder).encode("Lower new low-er!!");
        SmallTokenizer.bringTogether(folder, mergesAsLists);
        assertArrayEquals(expected, ClipTokenizer.open(folder).encode("Lower new low-er!!"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"model\": 1}",
                "{\"model\": {\"vocab\": {}}}",
                "{\"model\": {\"vocab\": {\"a\": 0}, \"merges\": [\"a\"]}}",
                "{\"model\": {\"vocab\": {\"a\": 0}, \"merges\": [[\"a\"]]}}",
                "{\"model\": {\"vocab\": {\"a\": 0}, \"merges\": [[\"a\", \"b\", \"c\"]]}}",
                "{\"model\": {\"vocab\": {\"a\": 0, \"b\": 0}, \"merges\": []}}"
            })
    void aBrokenTokenizerJsonIsRefusedByName(String content) throws IOException {
        SmallTokenizer.bringTogether(folder, true);
        Files.writeString(folder.resolve("tokenizer.json"), content);
        CheckpointException refusal = assertThrows(CheckpointException.class, () -> ClipTokenizer.open(folder));
        assertTrue(refusal.getMessage().contains("tokenizer.json"), refusal.getMessage());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "low MyStyle new|low</w> 900 901 new</w>",
                "(mystyle:1)|(</w> 900 901 :</w> 1</w>",
                "!!<Cat-toy>!!|!!</w> 950 !!</w>",
                "amystyle|a m y s t y l e</w>",
                "mystyle_|m y s t y l e</w> _</w>",
                "mystyle-2|970 2</w>",
                "mystyle2|m y s t y l e</w> 2</w>",
                "mystyle 2|900 901 2</w>",
            })
    void anAddedWordIsItsIdsWhereNothingIsJoinedToIt(String text, String expected) {
        ClipTokenizer plain = ClipTokenizer.open(folder);
        ClipTokenizer tokenizer = plain.withAddedWords(
                Map.of("MyStyle", List.of(900, 901), "<cat-toy>", List.of(950), "mystyle-", List.of(970)));
        String found = Arrays.stream(tokenizer.tokens(text))
                .mapToObj(id -> IDS.entrySet().stream()
                        .filter(entry -> entry.getValue() == id)
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElse(String.valueOf(id)))
                .collect(Collectors.joining(" "));
        assertTrue(found.startsWith(expected), found);
        assertTrue(Arrays.stream(plain.tokens(text)).allMatch(id -> id < IDS.size()), "the first one knows none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"added_tokens.json", "tokenizer_config.json", "tokenizer.json"})
    void wordsThatAModelsOwnTokenizerHasGotAreTheirIds(String file) throws IOException {
        int first = IDS.size();
        switch (file) {
            case "added_tokens.json" ->
                Files.writeString(
                        folder.resolve(file), "{\"<style>\": " + first + ", \"<style>_1\": " + (first + 1) + "}");
            case "tokenizer_config.json" ->
                Files.writeString(
                        folder.resolve(file),
                        "{\"added_tokens_decoder\": {\"0\": {\"content\": \"!\"}, \"" + first
                                + "\": {\"content\": \"<style>\"}, \"" + (first + 1)
                                + "\": {\"content\": \"<style>_1\", \"special\": false}}}");
            default -> {
                SmallTokenizer.bringTogether(folder, true);
                String text = Files.readString(folder.resolve(file));
                String found = text.replace(
                        "\"added_tokens\":[",
                        "\"added_tokens\":[{\"id\":" + first + ",\"content\":\"<style>\"},{\"id\":" + (first + 1)
                                + ",\"content\":\"<style>_1\"},");
                assertNotEquals(text, found);
                Files.writeString(folder.resolve(file), found);
            }
        }
        ClipTokenizer tokenizer = ClipTokenizer.open(folder);
        int[] expected = {IDS.get("low</w>"), first, first + 1, IDS.get("!</w>")};
        assertArrayEquals(expected, tokenizer.tokens("low <Style>!"));
        assertEquals(first + 2, tokenizer.vocabularySize());
        ClipTokenizer more = tokenizer.withAddedWords(Map.of("new", List.of(900)));
        assertArrayEquals(new int[] {first, first + 1, 900}, more.tokens("<style> new"));
        int[] letters = tokenizer.withinRows(first + 1).tokens("<style>");
        assertTrue(letters.length > 2 && Arrays.stream(letters).allMatch(id -> id < first), "no row for it");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\": 1.5}", "{\"a\": -1}", "[]", "{\"a\": 99999999}"})
    void addedTokensThatAreNoneAreRefused(String content) throws IOException {
        Files.writeString(folder.resolve("added_tokens.json"), content);
        assertRefused("added_tokens.json");
    }

    @Test
    void specialTokensInATextAreTakenAsThemselves() {
        int[] tokens = ClipTokenizer.open(folder).tokens("low!<|EndOfText|>low<|startoftext|>");
        int[] expected = {
            IDS.get("low</w>"),
            IDS.get("!</w>"),
            IDS.get("<|endoftext|>"),
            IDS.get("low</w>"),
            IDS.get("<|startoftext|>")
        };
        assertArrayEquals(expected, tokens);
    }

    @Test
    void aFrameOfSeventySevenIsTheDefault() {
        ClipTokenizer tokenizer = ClipTokenizer.open(folder);
        int[] ids = tokenizer.encode("");
        assertEquals(77, ids.length);
        assertEquals(IDS.get("<|startoftext|>"), ids[0]);
        assertTrue(Arrays.stream(ids).skip(1).allMatch(id -> id == tokenizer.endId()));
    }

    @Test
    void aTextThatIsTooLongIsCutAndKeepsItsEnd() {
        int[] ids = ClipTokenizer.open(folder).encode("low ".repeat(200));
        assertEquals(IDS.get("low</w>"), ids[75]);
        assertEquals(IDS.get("<|endoftext|>"), ids[76]);
    }

    @Test
    void lengthAndPaddingComeFromTheSettings() throws IOException {
        Files.writeString(
                folder.resolve("tokenizer_config.json"), "{\"model_max_length\": 5, \"pad_token\": \"<|endoftext|>\"}");
        Files.writeString(folder.resolve("special_tokens_map.json"), "{\"pad_token\": {\"content\": \"!\"}}");
        int exclamation = IDS.get("!");
        int[] expected = {
            IDS.get("<|startoftext|>"), IDS.get("low</w>"), IDS.get("<|endoftext|>"), exclamation, exclamation
        };
        assertArrayEquals(expected, ClipTokenizer.open(folder).encode("low"));
    }

    @Test
    void noLimitMeansClipsLength() throws IOException {
        Files.writeString(folder.resolve("tokenizer_config.json"), "{\"model_max_length\": 1e30}");
        assertEquals(77, ClipTokenizer.open(folder).maxLength());
    }

    @Test
    void aSymbolThatTheVocabularyLacksIsUnknown() throws IOException {
        Files.writeString(folder.resolve("vocab.json"), "{\"<|startoftext|>\": 0, \"<|endoftext|>\": 1, \"a</w>\": 2}");
        ClipTokenizer tokenizer = ClipTokenizer.open(folder);
        assertArrayEquals(new int[] {2, 1}, tokenizer.tokens("a b"));
        assertEquals(3, tokenizer.vocabularySize());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"e\u0301", "\ud83d\ude42", "\u65e5\u672c", "\u0645\u0631", "\u0130\u03a3", "\u0000\u200d\ufeff"})
    void unicodeIsTakenByteByByte(String text) {
        int length = text.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8).length;
        assertEquals(length, ClipTokenizer.open(folder).tokens(text).length);
    }

    @Test
    void everyCharCanBeEncodedAloneAndInAWord() {
        ClipTokenizer tokenizer = ClipTokenizer.open(folder);
        IntStream.rangeClosed(0, Character.MAX_VALUE).forEach(value -> {
            assertEquals(77, tokenizer.encode("a" + (char) value + "b" + (char) value).length);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"a\": 1, \"a\": 2}",
                "{\"a\": 1, \"b\": 1}",
                "{\"a\": -1}",
                "{\"a\": 1.5}",
                "{\"a\": \"1\"}",
                "{\"a\": 99999999999}",
                "{\"a\": {}}",
                "{\"a\": 1",
                "{\"a\": 1} x",
                "{\"a\": 1}"
            })
    void aVocabularyThatIsNoneIsRefused(String json) throws IOException {
        Files.writeString(folder.resolve("vocab.json"), json);
        assertRefused("vocab.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"#version: 0.2\na", "a b c", "a  b", "a b\n x", "#version: 0.2\n#version: 0.3 x"})
    void mergesThatAreNotPairsAreRefused(String lines) throws IOException {
        Files.writeString(folder.resolve("merges.txt"), lines);
        assertRefused("merges.txt");
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() throws IOException {
        Files.write(folder.resolve("merges.txt"), new byte[] {(byte) 0xff, (byte) 0xfe});
        assertRefused("merges.txt");
    }

    @ParameterizedTest
    @ValueSource(strings = {"vocab.json", "merges.txt"})
    void aMissingFileIsNamed(String name) throws IOException {
        Files.delete(folder.resolve(name));
        assertRefused(name);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "[]",
                "{\"model_max_length\": \"x\"}",
                "{\"model_max_length\": 2}",
                "{\"model_max_length\": []}"
            })
    void settingsThatAreNoneAreRefused(String json) throws IOException {
        Files.writeString(folder.resolve("tokenizer_config.json"), json);
        assertRefused("tokenizer_config.json");
    }

    private void assertRefused(String name) {
        String message = assertThrows(CheckpointException.class, () -> ClipTokenizer.open(folder))
                .getMessage();
        assertTrue(message.startsWith(folder.resolve(name) + ": "), message);
        assertTrue(message.contains("expected"), message);
    }
}
