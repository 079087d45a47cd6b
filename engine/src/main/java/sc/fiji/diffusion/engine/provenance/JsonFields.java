package sc.fiji.diffusion.engine.provenance;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.Function;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.file.JsonFile;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.Size;

/** The fields of a JSON object that somebody else may have written, each checked when it is read. */
record JsonFields(JsonObject json) {

    private static final int LONGEST_TEXT = 1 << 21;
    private static final int LONGEST_LIST = 1 << 17;
    private static final int LARGEST_SIDE = 1 << 20;

    /** @param most characters; what is parsed takes up to fifty times their memory */
    static JsonFields parse(String text, int most) {
        if (text.length() > most) {
            throw new RequestException("provenance: expected at most " + most + " characters, found " + text.length());
        }
        try {
            return new JsonFields(JsonFile.parse("provenance", "what was generated", text));
        } catch (CheckpointException e) {
            throw new RequestException(e.getMessage(), e);
        }
    }

    private static RequestException unexpected(String key, String expected, Object found) {
        String shown = String.valueOf(found);
        return new RequestException("provenance: " + key + ": expected " + expected + ", found "
                + (shown.length() > 40 ? shown.substring(0, 40) + "…" : shown));
    }

    boolean has(String key) {
        return json.get(key) != null && !json.get(key).isJsonNull();
    }

    private static String text(String key, JsonElement element) {
        if (element instanceof JsonPrimitive primitive
                && primitive.isString()
                && primitive.getAsString().length() <= LONGEST_TEXT) {
            return primitive.getAsString();
        }
        throw unexpected(key, "a text of at most " + LONGEST_TEXT + " characters", element);
    }

    String text(String key) {
        return text(key, json.get(key));
    }

    String text(String key, String missing) {
        return has(key) ? text(key) : missing;
    }

    Optional<String> optionalText(String key) {
        return has(key) ? Optional.of(text(key)) : Optional.empty();
    }

    boolean flag(String key) {
        return json.get(key) instanceof JsonPrimitive primitive && primitive.isBoolean() && primitive.getAsBoolean();
    }

    private static double number(String key, JsonElement element) {
        if (element instanceof JsonPrimitive primitive && primitive.isNumber()) {
            double number = primitive.getAsDouble();
            if (Double.isFinite(number)) {
                return number;
            }
        }
        throw unexpected(key, "a number", element);
    }

    double number(String key) {
        return number(key, json.get(key));
    }

    OptionalDouble optionalNumber(String key) {
        return has(key) ? OptionalDouble.of(number(key)) : OptionalDouble.empty();
    }

    private static long whole(String key, JsonElement element, long least, long most) {
        if (element instanceof JsonPrimitive primitive && primitive.isNumber()) {
            try {
                long found = Long.parseLong(primitive.getAsString());
                if (found >= least && found <= most) {
                    return found;
                }
            } catch (NumberFormatException e) {
                throw unexpected(key, "a whole number", element);
            }
        }
        throw unexpected(key, "a whole number from " + least + " to " + most, element);
    }

    long whole(String key, long least, long most) {
        return whole(key, json.get(key), least, most);
    }

    int integer(String key) {
        return (int) whole(key, 0, Integer.MAX_VALUE);
    }

    OptionalInt optionalInteger(String key) {
        return has(key) ? OptionalInt.of(integer(key)) : OptionalInt.empty();
    }

    Size size(String prefix) {
        return new Size(
                (int) whole(prefix + "width", 1, LARGEST_SIDE), (int) whole(prefix + "height", 1, LARGEST_SIDE));
    }

    /** Four whole numbers: x, y, width, height. */
    Region region(String key) {
        List<Integer> numbers = list(key, element -> (int) whole(key, element, 0, LARGEST_SIDE));
        if (numbers.size() != 4 || numbers.get(2) < 1 || numbers.get(3) < 1) {
            throw unexpected(key, "x, y, width, height", numbers);
        }
        return new Region(numbers.get(0), numbers.get(1), numbers.get(2), numbers.get(3));
    }

    Optional<Region> optionalRegion(String key) {
        return has(key) ? Optional.of(region(key)) : Optional.empty();
    }

    /** What a missing key, or the array, holds. */
    private <T> List<T> list(String key, Function<JsonElement, T> read) {
        if (!has(key)) {
            return List.of();
        }
        if (!(json.get(key) instanceof JsonArray array) || array.size() > LONGEST_LIST) {
            throw unexpected(
                    key,
                    "a list of at most " + LONGEST_LIST,
                    json.get(key).getClass().getSimpleName());
        }
        List<T> found = new ArrayList<>();
        array.forEach(element -> found.add(read.apply(element)));
        return found;
    }

    List<String> texts(String key) {
        return list(key, element -> text(key, element));
    }

    List<Double> numbers(String key) {
        return list(key, element -> number(key, element));
    }

    List<Integer> integers(String key) {
        return list(key, element -> (int) whole(key, element, 0, Integer.MAX_VALUE));
    }

    private static JsonFields object(String key, JsonElement element) {
        if (element instanceof JsonObject object) {
            return new JsonFields(object);
        }
        throw unexpected(
                key, "an object", element == null ? null : element.getClass().getSimpleName());
    }

    JsonFields object(String key) {
        return object(key, json.get(key));
    }

    Optional<JsonFields> optionalObject(String key) {
        return has(key) ? Optional.of(object(key)) : Optional.empty();
    }

    <T> List<T> objects(String key, Function<JsonFields, T> read) {
        return list(key, element -> read.apply(object(key, element)));
    }

    /** A constant of an enum by its name in lower case. */
    <E extends Enum<E>> E constant(String key, Class<E> type) {
        String found = text(key);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(found)) {
                return constant;
            }
        }
        throw unexpected(key, "a known name", found);
    }
}
