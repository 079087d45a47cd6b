package sc.fiji.diffusion.engine.scheduler;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.file.JsonFile;

/**
 * A {@code scheduler_config.json}, read and checked: the class of the scheduler and its fields. Fields that it does not
 * give have the defaults of diffusers' class; fields that the class does not know are ignored, but kept for other
 * classes ({@link #as}). Immutable; equal if class and settings in effect are equal, wherever they come from.
 */
public final class SchedulerConfig {

    private static final String CLASS_NAME = "_class_name";

    private final String source;
    private final SchedulerType type;
    private final JsonObject given;
    private final SchedulerSettings settings;

    private SchedulerConfig(String source, SchedulerType type, JsonObject given) {
        this.source = source;
        this.type = type;
        this.given = given;
        this.settings = type.read(new ConfigFields(given, source));
    }

    /**
     * Reads a {@code scheduler_config.json}.
     *
     * @throws CheckpointException if it can't be read, or says what no scheduler here can do
     */
    public static SchedulerConfig parse(Path file) {
        // Lenient as this reader is, it takes the -Infinity that Python writes for lambda_min_clipped.
        return of(JsonFile.read(file, "a scheduler's configuration", JsonFile.USUAL_MOST_BYTES), file.toString());
    }

    /**
     * Checks a parsed configuration.
     *
     * @param json with diffusers' field names, {@code _class_name} among them
     * @param source the name of the file or place it comes from, for messages
     */
    public static SchedulerConfig of(JsonObject json, String source) {
        String className = new ConfigFields(json, source).text(CLASS_NAME, null);
        SchedulerType type = SchedulerType.ofClassName(className)
                .orElseThrow(() -> new CheckpointException(source + ": " + CLASS_NAME + ": expected one of "
                        + Arrays.stream(SchedulerType.values())
                                .map(SchedulerType::className)
                                .toList()
                        + ", found " + className));
        return new SchedulerConfig(source, type, json.deepCopy());
    }

    public SchedulerType type() {
        return type;
    }

    /** The fields that are given, {@code _class_name} among them: what {@link #of} makes the same of. A copy. */
    public JsonObject json() {
        return given.deepCopy();
    }

    /** The name of the file or place that it comes from. */
    public String source() {
        return source;
    }

    /** Timesteps that the model was trained on, usually 1000; the most steps that can be asked for. */
    public int numTrainTimesteps() {
        return settings.numTrainTimesteps();
    }

    /** How the model was trained to see noise, if that was by betas. */
    Optional<TrainingNoise> trainingNoise() {
        return settings instanceof SchedulerSettings.WithBetas with
                ? Optional.of(with.trainingNoise())
                : Optional.empty();
    }

    /**
     * This configuration as another class of schedulers reads it, as diffusers' {@code X.from_config(config, …)}: the
     * fields that are given here and that the class knows, for the rest {@code defaults} and then the class's own, and
     * over all of them the overrides. Values are {@link Boolean}, {@link Number} or {@link String}.
     *
     * @param defaults by diffusers' field names: where this configuration says nothing
     * @param overrides by diffusers' field names: whatever this configuration says
     */
    public SchedulerConfig as(SchedulerType newType, Map<String, Object> defaults, Map<String, Object> overrides) {
        JsonObject fields = given.deepCopy();
        fields.addProperty(CLASS_NAME, newType.className());
        defaults.forEach((field, value) -> {
            if (!fields.has(field)) {
                fields.add(field, primitive(value));
            }
        });
        overrides.forEach((field, value) -> fields.add(field, primitive(value)));
        return new SchedulerConfig(source, newType, fields);
    }

    /** As {@link #as(SchedulerType, Map, Map)} without defaults. */
    SchedulerConfig as(SchedulerType newType, Map<String, Object> overrides) {
        return as(newType, Map.of(), overrides);
    }

    /**
     * A scheduler for one run.
     *
     * @param steps 1 to {@link #numTrainTimesteps}
     * @throws RequestException if this scheduler can't do that many steps
     */
    public Scheduler create(int steps) {
        if (steps < 1 || steps > numTrainTimesteps()) {
            throw new RequestException("steps: expected 1 to " + numTrainTimesteps()
                    + " (the timesteps that the model was trained on), found " + steps);
        }
        return settings.create(steps);
    }

    private static JsonPrimitive primitive(Object value) {
        if (value instanceof Boolean flag) {
            return new JsonPrimitive(flag);
        }
        return value instanceof Number number ? new JsonPrimitive(number) : new JsonPrimitive((String) value);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SchedulerConfig config && settings.equals(config.settings);
    }

    @Override
    public int hashCode() {
        return settings.hashCode();
    }

    @Override
    public String toString() {
        return "SchedulerConfig[" + source + ": " + type.className() + ", " + settings + "]";
    }
}
