package sc.fiji.diffusion.engine.hostile;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** What all files of text and JSON have alike. */
final class TextInput {

    private static final int LONG = 1 << 20;

    private TextInput() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Files that no reader of text takes. */
    static Map<String, byte[]> noText() {
        Map<String, byte[]> broken = new LinkedHashMap<>();
        broken.put("invalid UTF-8", new byte[] {'{', '"', (byte) 0xC3, '"', ':', '1', '}'});
        broken.put("UTF-16", "{\"a\": 1}".getBytes(StandardCharsets.UTF_16));
        broken.put("a pickle", "\u0080\u0004cposix\nsystem".getBytes(StandardCharsets.ISO_8859_1));
        broken.put("many megabytes", new byte[20 << 20]);
        return broken;
    }

    /** Files that no reader of a JSON object takes. */
    static Map<String, byte[]> noObject() {
        Map<String, byte[]> broken = new LinkedHashMap<>(noText());
        broken.put("nothing", new byte[0]);
        broken.put("null", bytes("null"));
        broken.put("a list", bytes("[1, 2]"));
        broken.put("an object that does not end", bytes("{\"a\": 1"));
        broken.put("something behind", bytes("{} {}"));
        broken.put("a key twice", bytes("{\"a\": 1, \"a\": 2}"));
        broken.put("deep lists", bytes("{\"a\": " + "[".repeat(LONG)));
        broken.put("deep objects", bytes("{\"a\":".repeat(LONG / 8)));
        broken.put("zeros", new byte[LONG]);
        broken.put("a very long word", bytes("x".repeat(LONG)));
        return broken;
    }

    /**
     * An object with another value for a field.
     *
     * @param value as it shall stand in the file, right or wrong
     */
    static byte[] with(String json, String field, String value) {
        JsonObject fields = JsonParser.parseString(json).getAsJsonObject();
        fields.remove(field);
        return bytes("{\"" + field + "\": " + value + ", " + fields.toString().substring(1));
    }
}
