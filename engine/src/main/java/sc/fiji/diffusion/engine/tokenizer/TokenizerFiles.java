package sc.fiji.diffusion.engine.tokenizer;

import com.google.gson.JsonObject;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.file.JsonFile;
import sc.fiji.diffusion.engine.file.TextFile;

/** Reads the files of a {@code tokenizer} folder and checks them. */
final class TokenizerFiles {

    /** CLIP's vocabulary takes 1 MB. */
    private static final int LARGEST_FILE = 8 << 20;

    /** As many rows as an embedding can have here. */
    private static final int LARGEST_ID = (1 << 20) - 1;

    private TokenizerFiles() {}

    /** {@code vocab.json}: one object of tokens and their ids, each once. */
    static Map<String, Integer> vocabulary(Path file) {
        JsonReader json = reader(file);
        try {
            Map<String, Integer> ids = vocabulary(file, json);
            if (json.peek() != JsonToken.END_DOCUMENT) {
                throw wrong(file, "nothing after the object", json.peek());
            }
            return ids;
        } catch (IOException | IllegalStateException broken) {
            throw new CheckpointException(
                    file + ": expected a JSON object of tokens and ids, found: " + JsonFile.reason(broken), broken);
        }
    }

    /** An object of tokens and their ids, each once, wherever it stands. */
    static Map<String, Integer> vocabulary(Path file, JsonReader json) throws IOException {
        Map<String, Integer> ids = new HashMap<>();
        Set<Integer> taken = new HashSet<>();
        json.beginObject();
        while (json.hasNext()) {
            String token = json.nextName();
            int id = id(file, token, json);
            if (!taken.add(id) || ids.put(token, id) != null) {
                throw wrong(file, "every token and every id once", token + " = " + id + " again");
            }
        }
        json.endObject();
        return ids;
    }

    static JsonReader reader(Path file) {
        JsonReader json = new JsonReader(new StringReader(text(file)));
        json.setStrictness(Strictness.STRICT);
        return json;
    }

    private static int id(Path file, String token, JsonReader json) throws IOException {
        if (json.peek() != JsonToken.NUMBER) {
            throw wrong(file, "a number for the token " + token, json.peek());
        }
        return id(file, token, json.nextString());
    }

    static int id(Path file, String token, String number) {
        try {
            int id = Integer.parseInt(number);
            if (id >= 0 && id <= LARGEST_ID) {
                return id;
            }
        } catch (NumberFormatException notAnInteger) {
            throw new CheckpointException(
                    file + ": expected a whole number for the token " + token + ", found " + number, notAnInteger);
        }
        throw wrong(file, "an id from 0 to " + LARGEST_ID + " for the token " + token, number);
    }

    /** {@code merges.txt}: two symbols a line, by rank, after a line with the version. */
    static List<String[]> merges(Path file) {
        List<String[]> pairs = new ArrayList<>();
        int lineNumber = 0;
        for (String line : text(file).lines().toList()) {
            lineNumber++;
            if (line.isEmpty() || (lineNumber == 1 && line.startsWith("#version"))) {
                continue;
            }
            pairs.add(pair(file, line, "line " + lineNumber));
        }
        return pairs;
    }

    /** Two symbols with a blank between them. */
    static String[] pair(Path file, String text, String place) {
        String[] parts = text.split(" ", -1);
        if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw wrong(file, "two symbols with a blank between them in " + place, text);
        }
        return parts;
    }

    /** A file of settings; empty if there is none. */
    static JsonObject settings(Path file) {
        if (!Files.exists(file)) {
            return new JsonObject();
        }
        return JsonFile.read(file, "a file of CLIP's tokenizer", JsonFile.USUAL_MOST_BYTES);
    }

    static CheckpointException wrong(Path file, String expected, Object found) {
        String text = String.valueOf(found);
        String shortened = text.length() > 80 ? text.substring(0, 80) + "…" : text;
        return new CheckpointException(file + ": expected " + expected + ", found " + shortened);
    }

    private static String text(Path file) {
        return TextFile.read(file, "a file of CLIP's tokenizer", LARGEST_FILE);
    }
}
