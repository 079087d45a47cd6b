package sc.fiji.diffusion.engine.tokenizer;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.file.JsonFile;

/**
 * The tokens and the merges of a {@code tokenizer} folder, in whichever form they are there: {@code vocab.json} and
 * {@code merges.txt}, or {@code tokenizer.json}, which is all that newer versions of transformers write.
 *
 * @param source the file with the ids, for messages
 * @param ids of the tokens
 * @param merges two symbols each, by rank
 * @param addedIds of words that are no part of the vocabulary, as far as {@code tokenizer.json} tells them
 */
record VocabularyFiles(Path source, Map<String, Integer> ids, List<String[]> merges, Map<String, Integer> addedIds) {

    private static final String TOKENS = "vocab.json";
    private static final String MERGES = "merges.txt";
    private static final String TOGETHER = "tokenizer.json";

    static boolean lieIn(Path folder) {
        return Files.isRegularFile(folder.resolve(TOGETHER))
                || (Files.isRegularFile(folder.resolve(TOKENS)) && Files.isRegularFile(folder.resolve(MERGES)));
    }

    static VocabularyFiles read(Path folder) {
        Path vocabulary = folder.resolve(TOKENS);
        Path together = folder.resolve(TOGETHER);
        if (!Files.exists(vocabulary) && Files.isRegularFile(together)) {
            return readTogether(together);
        }
        Map<String, Integer> ids = TokenizerFiles.vocabulary(vocabulary);
        return new VocabularyFiles(vocabulary, ids, TokenizerFiles.merges(folder.resolve(MERGES)), Map.of());
    }

    /** {@code tokenizer.json}: of its many parts, those that the other files would have. */
    private static VocabularyFiles readTogether(Path file) {
        JsonReader json = TokenizerFiles.reader(file);
        try {
            Map<String, Integer> addedIds = added(file, json);
            Map<String, Integer> ids = null;
            List<String[]> merges = null;
            while (json.hasNext()) {
                switch (json.nextName()) {
                    case "vocab" -> ids = TokenizerFiles.vocabulary(file, json);
                    case "merges" -> merges = merges(file, json);
                    default -> json.skipValue();
                }
            }
            if (ids == null || merges == null) {
                throw TokenizerFiles.wrong(file, "model.vocab and model.merges", "a model without them");
            }
            return new VocabularyFiles(file, ids, merges, addedIds);
        } catch (IOException | IllegalStateException | JsonParseException broken) {
            throw new CheckpointException(
                    file + ": expected a tokenizer's JSON with model.vocab and model.merges, found: "
                            + JsonFile.reason(broken),
                    broken);
        }
    }

    /** What stands before {@code model}, which is entered. */
    private static Map<String, Integer> added(Path file, JsonReader json) throws IOException {
        Map<String, Integer> ids = Map.of();
        json.beginObject();
        while (json.hasNext()) {
            switch (json.nextName()) {
                case "model" -> {
                    json.beginObject();
                    return ids;
                }
                case "added_tokens" -> ids = addedIds(file, json);
                default -> json.skipValue();
            }
        }
        throw new IllegalStateException("no model");
    }

    private static Map<String, Integer> addedIds(Path file, JsonReader json) throws IOException {
        Map<String, Integer> ids = new HashMap<>();
        json.beginArray();
        while (json.hasNext()) {
            JsonElement token = JsonParser.parseReader(json);
            String word = SpecialTokens.content(token);
            if (word != null
                    && token instanceof JsonObject described
                    && described.get("id") instanceof JsonPrimitive id) {
                ids.put(word, TokenizerFiles.id(file, word, id.getAsString()));
            }
        }
        json.endArray();
        return ids;
    }

    /** Each a text with a blank in it, or, in newer files, a list of two. */
    private static List<String[]> merges(Path file, JsonReader json) throws IOException {
        List<String[]> pairs = new ArrayList<>();
        json.beginArray();
        while (json.hasNext()) {
            String place = "merge " + (pairs.size() + 1);
            if (json.peek() == JsonToken.BEGIN_ARRAY) {
                json.beginArray();
                String left = json.nextString();
                pairs.add(TokenizerFiles.pair(file, left + " " + json.nextString(), place));
                json.endArray();
            } else {
                pairs.add(TokenizerFiles.pair(file, json.nextString(), place));
            }
        }
        json.endArray();
        return pairs;
    }
}
