package sc.fiji.diffusion.engine.hub;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import sc.fiji.diffusion.engine.file.JsonFile;

/** The curated list: models that are public, useful to people with microscopes, and that this engine opens. */
public final class ModelCatalog {

    private static final String RESOURCE = "catalog.json";

    private ModelCatalog() {}

    /** In the order in which to show them. */
    public static List<CatalogEntry> entries() {
        return Held.ENTRIES;
    }

    /** The entry of a short name. */
    public static Optional<CatalogEntry> find(String name) {
        return entries().stream().filter(entry -> entry.name().equals(name)).findFirst();
    }

    /** The entry whose repository it is. */
    public static Optional<CatalogEntry> of(HubName name) {
        return entries().stream()
                .filter(entry -> entry.repository().repository().equals(name.repository()))
                .findFirst();
    }

    /** Read once, when it is first asked for. */
    private static final class Held {

        private static final List<CatalogEntry> ENTRIES = read();

        private static List<CatalogEntry> read() {
            try (InputStream in = ModelCatalog.class.getResourceAsStream(RESOURCE)) {
                if (in == null) {
                    throw new IllegalStateException(RESOURCE + ": expected it in the program's jar, found none");
                }
                String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
                List<CatalogEntry> entries = new ArrayList<>();
                for (JsonElement entry :
                        JsonFile.parse(RESOURCE, "the list of models", text).getAsJsonArray("models")) {
                    entries.add(entry(entry.getAsJsonObject()));
                }
                return List.copyOf(entries);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        private static CatalogEntry entry(JsonObject json) {
            List<String> files = new ArrayList<>();
            if (json.has("files")) {
                json.getAsJsonArray("files").forEach(file -> files.add(file.getAsString()));
            }
            String repository = json.get("repository").getAsString() + "@"
                    + json.get("revision").getAsString();
            return new CatalogEntry(
                    json.get("name").getAsString(),
                    HubName.parse(repository).orElseThrow(() -> new IllegalStateException(repository)),
                    files,
                    json.get("title").getAsString(),
                    json.get("use").getAsString(),
                    ModelKind.valueOf(json.get("kind").getAsString().toUpperCase(Locale.ROOT)),
                    json.get("bytes").getAsLong(),
                    json.get("license").getAsString(),
                    json.get("memory").getAsLong(),
                    Optional.ofNullable(json.get("steps")).map(JsonElement::getAsInt),
                    Optional.ofNullable(json.get("guidance")).map(JsonElement::getAsDouble));
        }
    }
}
