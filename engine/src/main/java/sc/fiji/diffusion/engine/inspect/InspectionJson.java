package sc.fiji.diffusion.engine.inspect;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.List;
import sc.fiji.diffusion.engine.inspect.Inspection.ModelFacts;
import sc.fiji.diffusion.engine.inspect.Inspection.Part;

/** Writes an inspection for programs: sizes in bytes and pixels, fields that do not apply left out. */
public final class InspectionJson {

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private InspectionJson() {}

    /** A JSON object. */
    public static String of(Inspection inspection) {
        JsonObject json = new JsonObject();
        json.addProperty("path", inspection.path().toString());
        json.addProperty("kind", inspection.kind());
        json.addProperty("layout", inspection.layout());
        inspection.license().ifPresent(license -> json.addProperty("license", license));
        inspection.model().ifPresent(model -> json.add("model", model(model)));
        JsonArray parts = new JsonArray();
        inspection.parts().forEach(part -> parts.add(part(part)));
        json.add("parts", parts);
        JsonObject says = new JsonObject();
        inspection.says().forEach(says::addProperty);
        json.add("metadata", says);
        json.add("obstacles", texts(inspection.obstacles()));
        json.addProperty("makes_images", inspection.obstacles().isEmpty());
        return GSON.toJson(json);
    }

    private static JsonObject model(ModelFacts model) {
        JsonObject json = new JsonObject();
        json.addProperty("inpainting", model.forInpainting());
        json.addProperty("prediction_type", model.predictionType());
        json.addProperty("scheduler", model.scheduler());
        json.addProperty("native_size", model.nativeSize());
        json.addProperty("latent_channels", model.latentChannels());
        model.tokenizer().ifPresent(folder -> json.addProperty("tokenizer", folder.toString()));
        json.addProperty("memory_bytes", model.memory());
        json.addProperty("machine_memory_bytes", model.machineMemory());
        return json;
    }

    private static JsonObject part(Part part) {
        JsonObject json = new JsonObject();
        json.addProperty("name", part.name());
        json.addProperty("parameters", part.parameters());
        json.addProperty("bytes", part.bytes());
        json.add("types", texts(part.types()));
        return json;
    }

    private static JsonArray texts(List<String> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return array;
    }
}
