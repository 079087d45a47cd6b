package sc.fiji.diffusion.engine.file;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import sc.fiji.diffusion.engine.CheckpointException;

/** Reads a JSON object of a checkpoint whole; in memory it takes up to fifty times the file's bytes. */
public final class JsonFile {

    /** Far above any real configuration. */
    public static final int USUAL_MOST_BYTES = 4 << 20;

    /** Real configurations have five levels. */
    private static final int DEEPEST = 64;

    private JsonFile() {}

    /**
     * The object in a file. What Python writes beyond JSON ({@code NaN}, {@code -Infinity}) is taken, as texts.
     *
     * @param what was expected there, for messages
     * @param mostBytes more are never read
     * @throws CheckpointException if {@link TextFile#read} fails, or it is not one JSON object with every key once
     */
    public static JsonObject read(Path file, String what, int mostBytes) {
        return parse(file.toString(), what, TextFile.read(file, what, mostBytes));
    }

    /**
     * The object in a text, such as one that stands in a file's metadata.
     *
     * @param source where it stands, for messages
     * @throws CheckpointException if it is not one JSON object with every key once
     */
    public static JsonObject parse(String source, String what, String text) {
        try {
            requireEveryKeyOnce(source, text);
            JsonElement root = JsonParser.parseString(text);
            if (root.isJsonObject()) {
                return root.getAsJsonObject();
            }
        } catch (IOException | JsonParseException | IllegalStateException | NumberFormatException broken) {
            throw new CheckpointException(source + ": expected " + what + " in JSON, found " + reason(broken), broken);
        }
        throw new CheckpointException(source + ": expected a JSON object as " + what + ", found another JSON value");
    }

    /** Gson's words on broken JSON, without its advice for programmers. */
    public static String reason(Exception broken) {
        String message = String.valueOf(broken.getMessage());
        return message.lines()
                .findFirst()
                .orElse("no message")
                .replaceFirst("^[\\w.]+Exception: ", "")
                .replaceFirst("Use JsonReader.setStrictness\\(Strictness.LENIENT\\) to accept malformed", "malformed");
    }

    private static void requireEveryKeyOnce(String source, String text) throws IOException {
        JsonReader json = new JsonReader(new StringReader(text));
        json.setStrictness(Strictness.LENIENT);
        json.setNestingLimit(DEEPEST);
        Deque<Set<String>> keys = new ArrayDeque<>();
        while (true) {
            switch (json.peek()) {
                case BEGIN_OBJECT -> {
                    json.beginObject();
                    keys.push(new HashSet<>());
                }
                case END_OBJECT -> {
                    json.endObject();
                    keys.pop();
                }
                case BEGIN_ARRAY -> json.beginArray();
                case END_ARRAY -> json.endArray();
                case NAME -> {
                    String key = json.nextName();
                    if (!keys.element().add(key)) {
                        throw new CheckpointException(source + ": expected every key once, found " + key + " twice");
                    }
                }
                case END_DOCUMENT -> {
                    return;
                }
                default -> json.skipValue();
            }
        }
    }
}
