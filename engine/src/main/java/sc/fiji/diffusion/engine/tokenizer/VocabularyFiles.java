package sc.fiji.diffusion.engine.tokenizer;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
 */
record VocabularyFiles(Path source, Map<String, Integer> ids, List<String[]> merges) {

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
        return new VocabularyFiles(vocabulary, ids, TokenizerFiles.merges(folder.resolve(MERGES)));
    }

    /** {@code tokenizer.json}: of its many parts, those of {@code model} that {@code vocab.json} would have. */
    private static VocabularyFiles readTogether(Path file) {
        JsonReader json = TokenizerFiles.reader(file);
        try {
            enter(json, "model");
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
            return new VocabularyFiles(file, ids, merges);
        } catch (IOException | IllegalStateException broken) {
            throw new CheckpointException(
                    file + ": expected a tokenizer's JSON with model.vocab and model.merges, found: "
                            + JsonFile.reason(broken),
                    broken);
        }
    }

    private static void enter(JsonReader json, String field) throws IOException {
        json.beginObject();
        while (json.hasNext()) {
            if (json.nextName().equals(field)) {
                json.beginObject();
                return;
            }
            json.skipValue();
        }
        throw new IllegalStateException("no " + field);
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
