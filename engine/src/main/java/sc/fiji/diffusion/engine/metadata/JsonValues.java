package sc.fiji.diffusion.engine.metadata;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Optional;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.file.JsonFile;

/** Looks into other tools' JSON, where anything may be anything. */
final class JsonValues {

    private JsonValues() {}

    static Optional<JsonObject> object(String text) {
        try {
            return Optional.of(JsonFile.parse("metadata", "metadata", text));
        } catch (CheckpointException broken) {
            return Optional.empty();
        }
    }

    /** A text or a number as a text; null if there is none. */
    static String text(JsonObject object, String... keys) {
        for (String key : keys) {
            if (object.get(key) instanceof JsonPrimitive primitive) {
                return primitive.getAsString();
            }
        }
        return null;
    }

    static String text(JsonObject object, String key, String missing) {
        String found = text(object, key);
        return found == null ? missing : found;
    }

    static JsonObject child(JsonObject object, String key) {
        return object.get(key) instanceof JsonObject child ? child : new JsonObject();
    }

    /** The first element of an array, where it is an array; else the element itself. */
    static JsonElement first(JsonElement element) {
        return element instanceof JsonArray array && !array.isEmpty() ? array.get(0) : element;
    }
}
