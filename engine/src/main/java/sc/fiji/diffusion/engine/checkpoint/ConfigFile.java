package sc.fiji.diffusion.engine.checkpoint;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.file.JsonFile;

/**
 * A component's {@code config.json}, read field by field with diffusers' defaults. A field that is absent or
 * {@code null} has its default; one of the wrong kind is a {@link CheckpointException} that names file and field.
 */
public final class ConfigFile {

    /** Real networks have five levels at most; each more would halve the image once more. */
    private static final int LONGEST_LIST = 16;

    private final Path path;
    private final JsonObject fields;

    private ConfigFile(Path path, JsonObject fields) {
        this.path = path;
        this.fields = fields;
    }

    /**
     * A configuration that is in no file.
     *
     * @param source what it was made of, for messages
     */
    static ConfigFile of(Path source, JsonObject fields) {
        return new ConfigFile(source, fields.deepCopy());
    }

    /** Reads a JSON object. */
    public static ConfigFile read(Path path) {
        return new ConfigFile(path, JsonFile.read(path, "a configuration file", JsonFile.USUAL_MOST_BYTES));
    }

    /** The file, or what stands for it. */
    public Path path() {
        return path;
    }

    /** All that it says. */
    public JsonObject json() {
        return fields.deepCopy();
    }

    public boolean has(String field) {
        return fields.has(field) && !fields.get(field).isJsonNull();
    }

    /** True if the field is there and {@code null}, which for some fields does not mean their default. */
    public boolean isNull(String field) {
        return fields.has(field) && fields.get(field).isJsonNull();
    }

    /** The names of all fields, in the file's order. */
    public List<String> fields() {
        return List.copyOf(fields.keySet());
    }

    public String text(String field, String otherwise) {
        return value(field, otherwise, "a text", element -> primitive(element, JsonPrimitive::isString)
                .getAsString());
    }

    /** A whole number from 1 to {@code most}; the bound keeps a lying file from huge allocations. */
    public int size(String field, int otherwise, int most) {
        int size = value(field, otherwise, "a whole number", ConfigFile::wholeNumber);
        if (size < 1 || size > most) {
            throw new CheckpointException(path + ": " + field + ": expected 1 to " + most + ", found " + size);
        }
        return size;
    }

    /** A list of 1 to 16 sizes, each from 1 to {@code most}; a single number stands for a list of one. */
    public List<Integer> sizes(String field, List<Integer> otherwise, int most) {
        List<Integer> sizes =
                value(field, otherwise, "a list of whole numbers", element -> list(element, ConfigFile::wholeNumber));
        if (sizes.isEmpty() || sizes.size() > LONGEST_LIST) {
            throw new CheckpointException(path + ": " + field + ": expected a list of 1 to " + LONGEST_LIST
                    + " numbers, found " + sizes.size());
        }
        for (int size : sizes) {
            if (size < 1 || size > most) {
                throw new CheckpointException(
                        path + ": " + field + ": expected numbers from 1 to " + most + ", found " + sizes);
            }
        }
        return sizes;
    }

    /** A list of {@link #sizes}: each entry a number or a list of numbers; a single number stands for a list of one. */
    public List<List<Integer>> sizeLists(String field, List<List<Integer>> otherwise, int most) {
        List<List<Integer>> lists = value(
                field,
                otherwise,
                "a list of whole numbers, or of lists of them",
                element -> list(element, item -> list(item, ConfigFile::wholeNumber)));
        for (List<Integer> list : lists) {
            for (int size : list) {
                if (size < 1 || size > most) {
                    throw new CheckpointException(
                            path + ": " + field + ": expected numbers from 1 to " + most + ", found " + lists);
                }
            }
        }
        return lists;
    }

    public List<String> texts(String field, List<String> otherwise) {
        return value(
                field,
                otherwise,
                "a list of texts",
                element -> list(element, item -> primitive(item, JsonPrimitive::isString)
                        .getAsString()));
    }

    /** A finite number. */
    public double number(String field, double otherwise) {
        return value(field, otherwise, "a finite number", ConfigFile::finite);
    }

    /** A list of finite numbers, empty if there is none; a single number stands for a list of one. */
    public List<Double> numbers(String field) {
        return value(field, List.of(), "a list of finite numbers", element -> list(element, ConfigFile::finite));
    }

    public boolean flag(String field, boolean otherwise) {
        return value(field, otherwise, "true or false", element -> primitive(element, JsonPrimitive::isBoolean)
                .getAsBoolean());
    }

    /** True if the field is a list rather than a single value. */
    public boolean isList(String field) {
        return has(field) && fields.get(field).isJsonArray();
    }

    /** An object whose values are texts, such as the weight map of a sharded checkpoint. */
    public ConfigFile object(String field) {
        return new ConfigFile(path, value(field, new JsonObject(), "an object", JsonElement::getAsJsonObject));
    }

    /** Refuses a field whose value would need a computation that is not built: nothing is guessed. */
    public void requireText(String field, String only) {
        String found = text(field, only);
        if (!found.equals(only)) {
            throw new CheckpointException(
                    path + ": " + field + ": expected " + only + ", found " + found + ", which is not supported");
        }
    }

    /** Refuses a text that is none of the known ones. */
    public void requireOneOf(String field, Set<String> known) {
        String found = text(field, "nothing");
        if (!known.contains(found)) {
            throw new CheckpointException(path + ": " + field + ": expected one of " + new TreeSet<>(known) + ", found "
                    + found + ", which is not supported");
        }
    }

    /** Refuses a field that switches on something that is not built. */
    public void requireAbsent(String field) {
        boolean off = !has(field) || fields.get(field).equals(new JsonPrimitive(false));
        if (!off) {
            throw new CheckpointException(path + ": " + field + ": expected it to be absent, found " + fields.get(field)
                    + ", which is not supported");
        }
    }

    private <T> T value(String field, T otherwise, String expected, Function<JsonElement, T> reader) {
        if (!has(field)) {
            return otherwise;
        }
        try {
            return reader.apply(fields.get(field));
        } catch (IllegalStateException | ArithmeticException | NumberFormatException | ClassCastException e) {
            throw new CheckpointException(
                    path + ": " + field + ": expected " + expected + ", found " + shortened(fields.get(field)), e);
        }
    }

    private static int wholeNumber(JsonElement element) {
        return primitive(element, JsonPrimitive::isNumber).getAsBigDecimal().intValueExact();
    }

    private static double finite(JsonElement element) {
        double number = primitive(element, JsonPrimitive::isNumber).getAsDouble();
        if (!Double.isFinite(number)) {
            throw new ArithmeticException("beyond every double");
        }
        return number;
    }

    private static <T> List<T> list(JsonElement element, Function<JsonElement, T> reader) {
        if (!element.isJsonArray()) {
            return List.of(reader.apply(element));
        }
        List<T> items = new ArrayList<>();
        element.getAsJsonArray().forEach(item -> items.add(reader.apply(item)));
        return List.copyOf(items);
    }

    private static JsonPrimitive primitive(JsonElement element, Function<JsonPrimitive, Boolean> kind) {
        JsonPrimitive primitive = element.getAsJsonPrimitive();
        if (!kind.apply(primitive)) {
            throw new IllegalStateException("another kind of value");
        }
        return primitive;
    }

    private static String shortened(JsonElement element) {
        String text = element.toString();
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }
}
