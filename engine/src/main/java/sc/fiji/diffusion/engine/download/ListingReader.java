package sc.fiji.diffusion.engine.download;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.file.JsonFile;
import sc.fiji.diffusion.engine.hub.HubName;
import sc.fiji.diffusion.engine.hub.HubPath;

/** Reads the hub's answer on a repository, {@code api/models/owner/name/revision/main?blobs=true}, as if it was an attack. */
final class ListingReader {

    private static final int MOST_FILES = 100_000;
    private static final int LONGEST_TEXT = 500;
    private static final int LONGEST_NUMBER = 20;

    private final String source;

    private ListingReader(String source) {
        this.source = source;
    }

    /**
     * @param source whose answer it is, for messages
     * @throws CheckpointException if it is not the answer that was expected, or names files outside of its folder
     */
    static Listing read(String source, String text) {
        return new ListingReader(source).listing(JsonFile.parse(source, "the hub's list of files", text));
    }

    private Listing listing(JsonObject root) {
        String commit = text(root, "sha").filter(HubName::isCommit).orElseThrow(() -> wrong("sha", "a commit", root));
        if (root.get("siblings") == null
                || !root.get("siblings").isJsonArray()
                || root.getAsJsonArray("siblings").size() > MOST_FILES) {
            throw wrong("siblings", "a list of files", root);
        }
        List<HubFile> files = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (JsonElement sibling : root.getAsJsonArray("siblings")) {
            file(sibling).ifPresent(file -> {
                // Two that differ in case alone are one on some systems.
                if (!seen.add(file.path().toLowerCase(Locale.ROOT))) {
                    throw new CheckpointException(
                            source + ": expected every file once, found " + file.path() + " twice");
                }
                files.add(file);
            });
        }
        JsonObject card = root.get("cardData") instanceof JsonObject object ? object : new JsonObject();
        return new Listing(commit, files, license(card), text(card, "license_name"), text(card, "license_link"));
    }

    /** Empty for a name that not every system can have: nothing that is needed has one. */
    private Optional<HubFile> file(JsonElement sibling) {
        if (!(sibling instanceof JsonObject fields)) {
            throw new CheckpointException(source + ": siblings: expected files, found " + sibling);
        }
        String path = text(fields, "rfilename").orElseThrow(() -> wrong("rfilename", "a file's name", fields));
        if (HubPath.isHostile(path)) {
            throw new CheckpointException(
                    source + ": rfilename: expected a file in the repository's folder, found " + path);
        }
        if (!HubPath.isPortable(path)) {
            return Optional.empty();
        }
        JsonElement lfs = fields.get("lfs");
        if (lfs instanceof JsonObject large) {
            return Optional.of(new HubFile(path, size(path, large), hash(path, large, "sha256", 64)));
        }
        return Optional.of(new HubFile(path, size(path, fields), hash(path, fields, "blobId", 40)));
    }

    private ContentHash hash(String path, JsonObject fields, String key, int digits) {
        return text(fields, key)
                .filter(hash -> hash.length() == digits && ContentHash.isHash(hash))
                .map(ContentHash::new)
                .orElseThrow(() -> wrong(path + ": " + key, "a hash of " + digits + " digits", fields));
    }

    private long size(String path, JsonObject fields) {
        if (fields.get("size") instanceof JsonPrimitive number
                && number.isNumber()
                && number.getAsString().length() <= LONGEST_NUMBER) {
            try {
                long size = new BigDecimal(number.getAsString()).longValueExact();
                if (size >= 0) {
                    return size;
                }
            } catch (ArithmeticException | NumberFormatException notWhole) {
                throw new CheckpointException(
                        source + ": " + path + ": size: expected bytes, found " + number, notWhole);
            }
        }
        throw wrong(path + ": size", "a number of bytes", fields);
    }

    /** A text, or several in a list. */
    private static Optional<String> license(JsonObject card) {
        if (!(card.get("license") instanceof JsonArray several)) {
            return text(card, "license");
        }
        List<String> names = new ArrayList<>();
        for (JsonElement one : several) {
            if (one instanceof JsonPrimitive name && name.isString()) {
                names.add(name.getAsString());
            }
        }
        String joined = String.join(", ", names);
        return Optional.of(joined).filter(text -> !text.isBlank() && text.length() <= LONGEST_TEXT);
    }

    private static Optional<String> text(JsonObject fields, String key) {
        return fields.get(key) instanceof JsonPrimitive value && value.isString()
                ? Optional.of(value.getAsString()).filter(text -> !text.isBlank() && text.length() <= LONGEST_TEXT)
                : Optional.empty();
    }

    private CheckpointException wrong(String field, String expected, JsonObject fields) {
        String key = field.substring(field.lastIndexOf(' ') + 1);
        String found = String.valueOf(fields.get(key));
        return new CheckpointException(source + ": " + field + ": expected " + expected + ", found "
                + (found.length() > LONGEST_TEXT ? found.substring(0, LONGEST_TEXT) + "…" : found));
    }
}
