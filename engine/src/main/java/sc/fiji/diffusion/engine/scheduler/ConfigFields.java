package sc.fiji.diffusion.engine.scheduler;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import sc.fiji.diffusion.engine.CheckpointException;

/** Reads the fields of a configuration one by one and refuses what is out of range, naming file and field. */
record ConfigFields(JsonObject given, String source) {

    /** One of several words that a field can have. */
    interface Word {

        String name();

        /** As it stands in a file. */
        default String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    String text(String field, String otherwise) {
        JsonPrimitive value = primitive(field, "a text");
        return value == null ? otherwise : value.getAsString();
    }

    boolean flag(String field, boolean otherwise) {
        JsonPrimitive value = primitive(field, "true or false");
        if (value == null) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw wrong(field, "true or false", value);
        }
        return value.getAsBoolean();
    }

    int integer(String field, int least, int most, int otherwise) {
        double value = number(field, least, most, otherwise);
        if (value != Math.rint(value)) {
            throw wrong(field, "a whole number", value);
        }
        return (int) value;
    }

    double number(String field, double least, double most, double otherwise) {
        String expected = "a number from " + least + " to " + most;
        JsonPrimitive value = primitive(field, expected);
        return value == null ? otherwise : checked(field, value, least, most);
    }

    OptionalDouble optionalNumber(String field, double least, double most) {
        return primitive(field, "a number") == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(number(field, least, most, 0));
    }

    /** Empty if the field is absent. */
    List<Double> numbers(String field, double least, double most) {
        JsonElement value = given.get(field);
        if (value == null || value.isJsonNull()) {
            return List.of();
        }
        if (!value.isJsonArray()) {
            throw wrong(field, "an array of numbers", value);
        }
        List<Double> numbers = new ArrayList<>();
        for (JsonElement element : value.getAsJsonArray()) {
            if (!element.isJsonPrimitive()) {
                throw wrong(field, "an array of numbers", value);
            }
            numbers.add(checked(field, element.getAsJsonPrimitive(), least, most));
        }
        return List.copyOf(numbers);
    }

    /** A field that must be one of some words. */
    <W extends Enum<W> & Word> W word(String field, Class<W> words, W otherwise) {
        return word(field, words, EnumSet.allOf(words), otherwise);
    }

    /** A field that must be one of those words that are known. */
    <W extends Enum<W> & Word> W word(String field, Class<W> words, Set<W> known, W otherwise) {
        List<W> accepted =
                Arrays.stream(words.getEnumConstants()).filter(known::contains).toList();
        String found = text(field, otherwise.word());
        return accepted.stream()
                .filter(word -> word.word().equals(found))
                .findFirst()
                .orElseThrow(() -> wrong(
                        field, "one of " + accepted.stream().map(Word::word).toList(), found));
    }

    /** The timesteps that the model was trained on. */
    int numTrainTimesteps() {
        return integer("num_train_timesteps", 1, 100_000, 1000);
    }

    /** Refuses a choice that diffusers knows and this engine does not. */
    void mustNotBeSet(String field) {
        if (flag(field, false)) {
            throw wrong(field, "false (true is not supported)", true);
        }
    }

    /** Refuses a part that diffusers takes and this engine does not. */
    void mustNotBeGiven(String field) {
        JsonElement value = given.get(field);
        if (value != null && !value.isJsonNull()) {
            throw wrong(field, "null (other values are not supported)", value);
        }
    }

    CheckpointException wrong(String field, String expected, Object found) {
        String text = String.valueOf(found);
        String shortened = text.length() > 80 ? text.substring(0, 80) + "…" : text;
        return new CheckpointException(source + ": " + field + ": expected " + expected + ", found " + shortened);
    }

    private double checked(String field, JsonPrimitive value, double least, double most) {
        String expected = "a number from " + least + " to " + most;
        // A text only where Python writes no number of JSON's: NaN, Infinity and -Infinity.
        if (!value.isNumber() && !value.getAsString().matches("NaN|-?Infinity")) {
            throw wrong(field, expected, value);
        }
        try {
            double number = value.getAsDouble();
            // NaN is in no range.
            if (number >= least && number <= most) {
                return number;
            }
            throw wrong(field, expected, value);
        } catch (NumberFormatException notANumber) {
            throw wrong(field, expected, value);
        }
    }

    /** Python's None is an absent field. */
    private JsonPrimitive primitive(String field, String expected) {
        JsonElement value = given.get(field);
        if (value == null || value.isJsonNull()) {
            return null;
        }
        if (!value.isJsonPrimitive()) {
            throw wrong(field, expected, value);
        }
        return value.getAsJsonPrimitive();
    }
}
