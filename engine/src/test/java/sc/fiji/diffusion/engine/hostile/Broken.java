package sc.fiji.diffusion.engine.hostile;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects broken files. */
final class Broken {

    static final List<String> WRONG_NUMBERS = List.of(
            "\"8\"",
            "true",
            "{}",
            "[[1]]",
            "-1",
            "0",
            "0.5",
            "2147483647",
            "2147483648",
            "1e400",
            "1e999999999",
            "1e-999999999",
            "NaN",
            "Infinity",
            "9".repeat(100_000));

    private final String whole;
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    Broken(String file) {
        this(file, ModelInput.original(file));
    }

    /** @param whole such a file that is good, with another value for this field or that */
    Broken(String file, String whole) {
        this.whole = whole;
        if (file.endsWith(".json")) {
            files.put(
                    "a key twice",
                    TextInput.bytes("{\"a\": 1, \"a\": 1, " + whole.strip().substring(1)));
        }
    }

    String whole() {
        return whole;
    }

    Broken with(Map<String, byte[]> more) {
        more.forEach(files::putIfAbsent);
        return this;
    }

    void put(String what, byte[] bytes) {
        files.put(what, bytes);
    }

    void values(String field, String... values) {
        Arrays.stream(values)
                .forEach(value -> files.put(
                        field + " is " + (value.length() > 40 ? value.substring(0, 40) + "…" : value),
                        TextInput.with(whole, field, value)));
    }

    Map<String, byte[]> files() {
        return files;
    }
}
