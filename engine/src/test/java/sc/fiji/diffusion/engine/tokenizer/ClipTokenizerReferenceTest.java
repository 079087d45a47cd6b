package sc.fiji.diffusion.engine.tokenizer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.Reference;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;

/** With CLIP's own vocabulary. */
class ClipTokenizerReferenceTest {

    record Encoded(String text, List<Integer> ids) {

        @Override
        public String toString() {
            return text;
        }
    }

    @ParameterizedTest
    @MethodSource("texts")
    void everyTextHasTheIdsOfTransformers(Encoded encoded) {
        assertEquals(encoded.ids(), ids(open("clip-tokenizer"), encoded.text()));
        assertEquals(encoded.ids(), ids(open("sd15/tokenizer"), encoded.text()));
    }

    @Test
    void theSecondTokenizerOfSdxlPadsWithItsOwnToken() throws IOException {
        ClipTokenizer tokenizer = open("sdxl/tokenizer_2");
        long[] expected = SafetensorsFile.open(Reference.folder().resolve("sdxl/golden.safetensors"))
                .readLongs("ids_2");
        List<Encoded> texts = texts().toList();
        for (int i = 0; i < expected.length / tokenizer.maxLength(); i++) {
            int[] ids = tokenizer.encode(texts.get(i).text());
            long[] row = Arrays.copyOfRange(expected, i * ids.length, (i + 1) * ids.length);
            assertArrayEquals(row, Arrays.stream(ids).asLongStream().toArray());
        }
    }

    @Test
    void theVocabularyHasAsManyIdsAsClipsEmbedding() {
        assertEquals(49408, open("clip-tokenizer").vocabularySize());
    }

    @Test
    void tokensAreNeverCutButTheFrameIsFull() {
        ClipTokenizer tokenizer = open("clip-tokenizer");
        assertEquals(770, tokenizer.tokens("word ".repeat(770)).length);
        assertArrayEquals(tokenizer.encode("word ".repeat(75)), tokenizer.encode("word ".repeat(770)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\u00a0b", "a\u3000b", "a\u2028b", "a\u0085b", " a \t\r\n b ", "A B", "a\u001cb"})
    void anyWhiteSpaceIsOneBlank(String text) {
        ClipTokenizer tokenizer = open("clip-tokenizer");
        assertArrayEquals(tokenizer.encode("a b"), tokenizer.encode(text));
    }

    @Test
    void aMegabyteWithoutABlankTakesSeconds() {
        ClipTokenizer tokenizer = open("clip-tokenizer");
        for (String unit : new String[] {"a", "abcdefghij", "photograph", "!", "é", "日", "x1"}) {
            String text = unit.repeat(1_000_000 / unit.length());
            assertTimeout(Duration.ofSeconds(20), () -> tokenizer.encode(text), unit);
        }
    }

    static Stream<Encoded> texts() throws IOException {
        List<Encoded> texts = new ArrayList<>();
        String json = Files.readString(Reference.folder().resolve("tokens.json"));
        for (JsonElement element : JsonParser.parseString(json).getAsJsonArray()) {
            JsonObject entry = element.getAsJsonObject();
            List<Integer> ids = entry.getAsJsonArray("ids").asList().stream()
                    .map(JsonElement::getAsInt)
                    .toList();
            texts.add(new Encoded(entry.get("text").getAsString(), ids));
        }
        return texts.stream();
    }

    private static List<Integer> ids(ClipTokenizer tokenizer, String text) {
        return Arrays.stream(tokenizer.encode(text)).boxed().toList();
    }

    private static ClipTokenizer open(String folder) {
        return ClipTokenizer.open(Reference.folder().resolve(folder));
    }
}
