package sc.fiji.diffusion.history;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.file.JsonFile;

/** The files of the history: how they are called, written and read. */
final class HistoryFiles {

    static final String JSON = ".json";
    static final String PNG = ".png";

    private static final int VERSION = 1;
    private static final int MOST_JSON_BYTES = 1 << 18;

    /** Such as {@code 20261122-120000-123-0}: they sort as their moments do. */
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss-SSS").withZone(ZoneOffset.UTC);

    private static final Pattern ID = Pattern.compile("[0-9]{8}-[0-9]{6}-[0-9]{3}-[0-9]{1,6}");
    private static final Pattern FILE = Pattern.compile("(" + ID + ")(" + JSON + "|" + PNG + ")");

    private HistoryFiles() {}

    static String id(Instant moment, int number) {
        return MOMENT.format(moment) + "-" + number;
    }

    /** The entry that a file belongs to; empty if it is none of ours. */
    static Optional<String> id(String fileName) {
        Matcher matcher = FILE.matcher(fileName);
        return matcher.matches() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** So that no other file is ever deleted. */
    static void requireId(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("expected the name of an entry, found " + id);
        }
    }

    static void writePng(BufferedImage picture, Path file) throws IOException {
        whole(file, out -> ImageIO.write(picture, "png", out));
    }

    static void writeJson(HistoryEntry entry, Path file) throws IOException {
        JsonObject json = new JsonObject();
        json.addProperty("version", VERSION);
        json.addProperty("created", entry.created().toString());
        json.addProperty("command", entry.command());
        JsonObject values = new JsonObject();
        entry.values().forEach(values::addProperty);
        json.add("values", values);
        whole(file, out -> out.write(new Gson().toJson(json).getBytes(StandardCharsets.UTF_8)));
    }

    /** Empty if it is damaged, or of a later version. */
    static Optional<HistoryEntry> readJson(Path file) {
        try {
            JsonObject json = JsonFile.read(file, "an entry of the history", MOST_JSON_BYTES);
            if (json.get("version").getAsInt() != VERSION) {
                return Optional.empty();
            }
            Map<String, String> values = new HashMap<>();
            for (Map.Entry<String, JsonElement> value :
                    json.getAsJsonObject("values").entrySet()) {
                values.put(value.getKey(), value.getValue().getAsString());
            }
            return Optional.of(new HistoryEntry(
                    Instant.parse(json.get("created").getAsString()),
                    json.get("command").getAsString(),
                    values));
        } catch (CheckpointException
                | NullPointerException
                | ClassCastException
                | IllegalStateException
                | UnsupportedOperationException
                | NumberFormatException
                | DateTimeException damaged) {
            return Optional.empty();
        }
    }

    @FunctionalInterface
    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    /** Nobody ever sees half of it. */
    private static void whole(Path file, Content content) throws IOException {
        Path part = Files.createTempFile(file.getParent(), "part-", ".tmp");
        try {
            try (OutputStream out = Files.newOutputStream(part)) {
                content.writeTo(out);
            }
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(part);
        }
    }
}
