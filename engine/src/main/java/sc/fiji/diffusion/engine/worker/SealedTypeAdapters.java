package sc.fiji.diffusion.engine.worker;

import com.google.gson.Gson;
import com.google.gson.JsonParseException;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Values of a sealed interface as an object with one field: the name of the class that it is, and its value. */
final class SealedTypeAdapters implements TypeAdapterFactory {

    @Override
    @SuppressWarnings("unchecked") // T is sealed: its values are of the permitted classes
    public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
        Class<? super T> raw = type.getRawType();
        if (!raw.isInterface() || !raw.isSealed()) {
            return null;
        }
        Map<String, Class<?>> permitted = Arrays.stream(raw.getPermittedSubclasses())
                .collect(Collectors.toMap(Class::getSimpleName, Function.identity()));
        return new TypeAdapter<>() {
            @Override
            public void write(JsonWriter out, T value) throws IOException {
                out.beginObject();
                out.name(value.getClass().getSimpleName());
                ((TypeAdapter<T>) gson.getAdapter(value.getClass())).write(out, value);
                out.endObject();
            }

            @Override
            public T read(JsonReader in) throws IOException {
                in.beginObject();
                String name = in.nextName();
                Class<?> known = permitted.get(name);
                if (known == null) {
                    throw new JsonParseException("expected one of " + permitted.keySet() + ", found " + name);
                }
                T value = (T) gson.getAdapter(known).read(in);
                in.endObject();
                return value;
            }
        };
    }
}
