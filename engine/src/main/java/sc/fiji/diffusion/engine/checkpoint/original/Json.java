package sc.fiji.diffusion.engine.checkpoint.original;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;

/** Writes configurations. */
final class Json {

    private Json() {}

    static JsonArray texts(List<String> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return array;
    }

    static JsonArray numbers(List<Integer> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return array;
    }

    static JsonObject ofClass(String field, String name) {
        JsonObject object = new JsonObject();
        object.addProperty(field, name);
        return object;
    }
}
