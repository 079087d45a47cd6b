package sc.fiji.diffusion.engine.worker;

import com.google.gson.Gson;
import com.google.gson.TypeAdapter;
import com.google.gson.TypeAdapterFactory;
import com.google.gson.reflect.TypeToken;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;

/** Optional values as themselves, or as {@code null}. */
final class OptionalAdapters implements TypeAdapterFactory {

    @Override
    @SuppressWarnings("unchecked") // each branch makes the adapter of the type that it has asked for
    public <T> TypeAdapter<T> create(Gson gson, TypeToken<T> type) {
        if (type.getRawType() == Optional.class) {
            TypeAdapter<Object> element = (TypeAdapter<Object>)
                    gson.getAdapter(TypeToken.get(((ParameterizedType) type.getType()).getActualTypeArguments()[0]));
            return (TypeAdapter<T>) new Adapter<Optional<Object>, Object>(element, o -> o, Optional::ofNullable);
        }
        if (type.getRawType() == OptionalInt.class) {
            return (TypeAdapter<T>) new Adapter<OptionalInt, Integer>(
                    gson.getAdapter(Integer.class),
                    o -> o.isPresent() ? Optional.of(o.getAsInt()) : Optional.empty(),
                    value -> value == null ? OptionalInt.empty() : OptionalInt.of(value));
        }
        if (type.getRawType() == OptionalDouble.class) {
            return (TypeAdapter<T>) new Adapter<OptionalDouble, Double>(
                    gson.getAdapter(Double.class),
                    o -> o.isPresent() ? Optional.of(o.getAsDouble()) : Optional.empty(),
                    value -> value == null ? OptionalDouble.empty() : OptionalDouble.of(value));
        }
        return null;
    }

    /**
     * @param <O> the kind of optional
     * @param <E> what may be in it
     */
    private static final class Adapter<O, E> extends TypeAdapter<O> {

        private final TypeAdapter<E> element;
        private final Function<O, Optional<E>> open;
        private final Function<E, O> make;

        Adapter(TypeAdapter<E> element, Function<O, Optional<E>> open, Function<E, O> make) {
            this.element = element;
            this.open = open;
            this.make = make;
        }

        @Override
        public void write(JsonWriter out, O optional) throws IOException {
            // Also where null fields are left out: a record's optional is never null.
            boolean serializesNulls = out.getSerializeNulls();
            out.setSerializeNulls(true);
            try {
                element.write(out, open.apply(optional).orElse(null));
            } finally {
                out.setSerializeNulls(serializesNulls);
            }
        }

        @Override
        public O read(JsonReader in) throws IOException {
            if (in.peek() == JsonToken.NULL) {
                in.nextNull();
                return make.apply(null);
            }
            return make.apply(element.read(in));
        }
    }
}
