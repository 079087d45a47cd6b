package sc.fiji.diffusion.engine.worker;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonDeserializationContext;
import com.google.gson.JsonDeserializer;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.JsonSerializationContext;
import com.google.gson.JsonSerializer;
import com.google.gson.Strictness;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import sc.fiji.diffusion.engine.scheduler.SchedulerConfig;

/**
 * Turns records into parcels and back: the text is JSON with the records' fields, in which an array of floats is its
 * number. Made for what jobs, results and failures consist of: records, sealed interfaces of records, optional values.
 */
final class ParcelJson {

    private ParcelJson() {}

    static Parcel wrap(Object value) {
        List<float[]> arrays = new ArrayList<>();
        String text = gson(arrays).toJson(value);
        return new Parcel(text.getBytes(StandardCharsets.UTF_8), arrays);
    }

    static <T> T unwrap(Parcel parcel, Class<T> type) {
        return gson(parcel.arrays()).fromJson(new String(parcel.text(), StandardCharsets.UTF_8), type);
    }

    private static Gson gson(List<float[]> arrays) {
        return new GsonBuilder()
                .registerTypeAdapter(float[].class, new NumberedArrays(arrays))
                .registerTypeAdapter(Instant.class, new Instants())
                .registerTypeAdapter(SchedulerConfig.class, new SchedulerConfigs())
                .registerTypeAdapterFactory(new OptionalAdapters())
                .registerTypeAdapterFactory(new SealedTypeAdapters())
                .serializeSpecialFloatingPointValues()
                .setStrictness(Strictness.LENIENT)
                .disableHtmlEscaping()
                .create();
    }

    /** Arrays by their numbers. */
    private static final class NumberedArrays extends TypeAdapter<float[]> {

        private final List<float[]> arrays;

        NumberedArrays(List<float[]> arrays) {
            this.arrays = arrays;
        }

        @Override
        public void write(JsonWriter out, float[] array) throws IOException {
            out.value(arrays.size());
            arrays.add(array);
        }

        @Override
        public float[] read(JsonReader in) throws IOException {
            return arrays.get(in.nextInt());
        }
    }

    /** Moments as {@code 2026-11-22T12:00:00Z}. */
    private static final class Instants implements JsonSerializer<Instant>, JsonDeserializer<Instant> {

        @Override
        public JsonElement serialize(Instant moment, Type type, JsonSerializationContext context) {
            return new JsonPrimitive(moment.toString());
        }

        @Override
        public Instant deserialize(JsonElement json, Type type, JsonDeserializationContext context) {
            return Instant.parse(json.getAsString());
        }
    }

    /** Schedulers' configurations as their files have them, and where they come from. */
    private static final class SchedulerConfigs
            implements JsonSerializer<SchedulerConfig>, JsonDeserializer<SchedulerConfig> {

        @Override
        public JsonElement serialize(SchedulerConfig config, Type type, JsonSerializationContext context) {
            JsonObject object = new JsonObject();
            object.addProperty("source", config.source());
            object.add("json", config.json());
            return object;
        }

        @Override
        public SchedulerConfig deserialize(JsonElement json, Type type, JsonDeserializationContext context) {
            JsonObject object = json.getAsJsonObject();
            return SchedulerConfig.of(
                    object.getAsJsonObject("json"), object.get("source").getAsString());
        }
    }
}
