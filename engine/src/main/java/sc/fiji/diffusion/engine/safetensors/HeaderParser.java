package sc.fiji.diffusion.engine.safetensors;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.file.JsonFile;

/**
 * The JSON of a header: {@code {"__metadata__": {text: text, …}, name: {"dtype": …, "shape": […], "data_offsets":
 * [begin, end]}, …}}. Read as a stream, so that a name that comes twice is seen and depth costs nothing.
 */
final class HeaderParser {

    private static final String METADATA = "__metadata__";

    private final Path path;
    private final JsonReader json;
    /** The entry that is being read, for messages. */
    private String entry = "";

    private HeaderParser(Path path, String text) {
        this.path = path;
        json = new JsonReader(new StringReader(text));
        json.setStrictness(Strictness.STRICT);
    }

    /** What a header says; neither offsets nor overlaps are checked yet. */
    record Header(Map<String, TensorInfo> tensors, Map<String, String> metadata) {}

    static Header parse(Path path, String text) {
        HeaderParser parser = new HeaderParser(path, text);
        try {
            return parser.header();
        } catch (IOException | IllegalStateException | IllegalArgumentException notAHeader) {
            throw new CheckpointException(
                    path + ": header" + parser.entry + ": expected safetensors' JSON, found: "
                            + JsonFile.reason(notAHeader),
                    notAHeader);
        }
    }

    private Header header() throws IOException {
        Map<String, TensorInfo> tensors = new LinkedHashMap<>();
        Map<String, String> metadata = null;
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            entry = ": " + name;
            if (!name.equals(METADATA)) {
                requireNew(tensors.put(name, tensor(name)), name);
            } else {
                requireNew(metadata, name);
                metadata = metadata();
            }
        }
        json.endObject();
        entry = "";
        if (json.peek() != JsonToken.END_DOCUMENT) {
            throw wrong("nothing after the object", json.peek());
        }
        return new Header(tensors, metadata == null ? Map.of() : metadata);
    }

    private Map<String, String> metadata() throws IOException {
        Map<String, String> metadata = new LinkedHashMap<>();
        if (json.peek() == JsonToken.NULL) {
            json.nextNull();
            return metadata;
        }
        json.beginObject();
        while (json.hasNext()) {
            String name = json.nextName();
            requireNew(metadata.put(name, text()), name);
        }
        json.endObject();
        return metadata;
    }

    private TensorInfo tensor(String name) throws IOException {
        String dtype = null;
        List<Long> shape = null;
        List<Long> offsets = null;
        json.beginObject();
        while (json.hasNext()) {
            String field = json.nextName();
            switch (field) {
                case "dtype" -> {
                    requireNew(dtype, field);
                    dtype = text();
                }
                case "shape" -> {
                    requireNew(shape, field);
                    shape = integers();
                }
                case "data_offsets" -> {
                    requireNew(offsets, field);
                    offsets = integers();
                }
                // As the reference implementation does.
                default -> json.skipValue();
            }
        }
        json.endObject();
        if (dtype == null || shape == null || offsets == null || offsets.size() != 2) {
            throw wrong("dtype, shape and data_offsets of two numbers", dtype + ", " + shape + ", " + offsets);
        }
        return new TensorInfo(name, dtype(dtype), shape, offsets.get(0), offsets.get(1));
    }

    private DType dtype(String name) {
        Optional<DType> known = DType.ofName(name);
        return known.orElseThrow(() -> wrong("dtype one of " + List.of(DType.values()), name));
    }

    private String text() throws IOException {
        if (json.peek() != JsonToken.STRING) {
            throw wrong("a text", json.peek());
        }
        return json.nextString();
    }

    private List<Long> integers() throws IOException {
        List<Long> numbers = new ArrayList<>();
        json.beginArray();
        while (json.hasNext()) {
            if (json.peek() != JsonToken.NUMBER) {
                throw wrong("a number", json.peek());
            }
            // Not nextLong: that takes 1e3 and 8.0 too.
            long number = Long.parseLong(json.nextString());
            if (number < 0) {
                throw wrong("a number of at least 0", number);
            }
            numbers.add(number);
        }
        json.endArray();
        return numbers;
    }

    private void requireNew(Object previous, String name) {
        if (previous != null) {
            throw wrong("every name once", name + " twice");
        }
    }

    private CheckpointException wrong(String expected, Object found) {
        return new CheckpointException(path + ": header" + entry + ": expected " + expected + ", found " + found);
    }
}
