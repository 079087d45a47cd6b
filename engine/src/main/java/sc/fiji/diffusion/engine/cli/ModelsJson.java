package sc.fiji.diffusion.engine.cli;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.List;
import sc.fiji.diffusion.engine.hub.ModelFile;
import sc.fiji.diffusion.engine.hub.ModelRow;

/** Models as JSON, for programs: sizes in bytes, fields that do not apply left out. */
final class ModelsJson {

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private ModelsJson() {}

    static String text(JsonElement element) {
        return GSON.toJson(element);
    }

    static JsonObject row(ModelRow row) {
        JsonObject json = new JsonObject();
        json.addProperty("name", row.name());
        json.addProperty("state", row.state());
        json.addProperty("kind", row.kind().label());
        json.addProperty("usable", row.isUsable());
        json.addProperty("bytes", row.bytes());
        json.addProperty("license", row.license());
        row.installed().ifPresent(model -> {
            json.addProperty("path", model.path().toString());
            JsonArray missing = new JsonArray();
            model.missing().forEach(missing::add);
            json.add("missing", missing);
        });
        row.entry().ifPresent(entry -> {
            json.addProperty("repository", entry.repository().repository());
            json.addProperty("revision", entry.repository().revision());
            json.addProperty("title", entry.title());
            json.addProperty("use", entry.use());
            json.addProperty("device_memory_bytes", entry.memory());
            entry.steps().ifPresent(steps -> json.addProperty("steps", steps));
            entry.guidance().ifPresent(guidance -> json.addProperty("guidance", guidance));
        });
        return json;
    }

    static JsonArray files(List<ModelFile> files) {
        JsonArray array = new JsonArray();
        for (ModelFile file : files) {
            JsonObject json = new JsonObject();
            json.addProperty("path", file.path());
            json.addProperty("bytes", file.bytes());
            json.addProperty("sha256", file.sha256());
            array.add(json);
        }
        return array;
    }
}
