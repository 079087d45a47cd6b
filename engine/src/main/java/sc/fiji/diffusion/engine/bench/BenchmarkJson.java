package sc.fiji.diffusion.engine.bench;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.util.Locale;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.pipeline.Execution;

/** Writes a report for programs: times in seconds, memory in bytes, fields that do not apply left out. */
public final class BenchmarkJson {

    private static final Gson GSON =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    private BenchmarkJson() {}

    /** A JSON object. */
    public static String of(BenchmarkReport report) {
        JsonObject json = new JsonObject();
        json.addProperty("model", report.model());
        json.add("settings", settings(report.settings()));
        json.add("machine", machine(report.machine()));
        json.addProperty("engine", report.engineVersion());
        json.addProperty("onnx_runtime", report.runtimeVersion());
        JsonArray lanes = new JsonArray();
        report.lanes().forEach(lane -> lanes.add(lane(lane)));
        json.add("results", lanes);
        JsonArray comparisons = new JsonArray();
        report.comparisons().forEach(comparison -> comparisons.add(comparison(comparison)));
        json.add("comparisons", comparisons);
        JsonObject opening = new JsonObject();
        report.opening().forEach(opening::addProperty);
        json.add("opening", opening);
        json.addProperty("peak_memory", report.peakMemory().bytes());
        json.addProperty("peak_memory_kind", report.peakMemory().kind());
        return GSON.toJson(json);
    }

    private static JsonObject settings(BenchmarkSettings settings) {
        JsonObject json = new JsonObject();
        json.addProperty("width", settings.width());
        json.addProperty("height", settings.height());
        json.addProperty("steps", settings.steps());
        json.addProperty("guidance", settings.guidance());
        json.addProperty("repeat", settings.repeat());
        return json;
    }

    private static JsonObject machine(Machine machine) {
        JsonObject json = new JsonObject();
        json.addProperty("processor", machine.processor());
        json.addProperty("cores", machine.cores());
        json.addProperty("memory", machine.memory());
        json.addProperty("system", machine.system());
        json.addProperty("java", machine.java());
        if (machine.load() >= 0) {
            json.addProperty("load_before", machine.load());
        }
        return json;
    }

    private static JsonObject lane(LaneReport lane) {
        JsonObject json = execution(lane.execution());
        json.addProperty("loading", lane.loading());
        json.addProperty("text_encoding", lane.textEncoding());
        json.addProperty("first_step", lane.firstStep());
        lane.steadyStep().ifPresent(steady -> json.add("steady_step", spread(steady)));
        lane.steadyProcessor().ifPresent(time -> json.add("steady_step_processor", spread(time)));
        json.add("decoding", spread(lane.decoding()));
        json.add("image", spread(lane.image()));
        json.add("outside_onnx_runtime", spread(lane.outsideShare()));
        JsonObject peaks = new JsonObject();
        for (Progress.Stage stage : Progress.Stage.values()) {
            if (lane.peaks().containsKey(stage)) {
                peaks.addProperty(label(stage), lane.peaks().get(stage));
            }
        }
        json.add("peak_memory_after", peaks);
        return json;
    }

    private static JsonObject comparison(Comparison comparison) {
        JsonObject json = execution(comparison.execution());
        json.add("with", execution(comparison.other()));
        comparison.steadyStep().ifPresent(ratio -> json.add("steady_step_ratio", spread(ratio)));
        json.addProperty("first_step_ratio", comparison.firstStep());
        json.addProperty("decoding_ratio", comparison.decoding());
        return json;
    }

    private static JsonObject execution(Execution execution) {
        JsonObject json = new JsonObject();
        json.addProperty("device", execution.device().toString());
        json.addProperty("graph", label(execution.form().operators()));
        json.addProperty("precision", label(execution.form().precision()));
        return json;
    }

    private static String label(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    private static JsonObject spread(Spread spread) {
        JsonObject json = new JsonObject();
        json.addProperty("median", spread.median());
        json.addProperty("least", spread.least());
        json.addProperty("most", spread.most());
        json.addProperty("count", spread.count());
        return json;
    }
}
