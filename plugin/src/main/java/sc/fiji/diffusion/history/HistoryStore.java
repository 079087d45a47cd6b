package sc.fiji.diffusion.history;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Keeps entries in a folder, each as a file of JSON and a small PNG of the same name, the newest first. No more than so
 * many, and so many bytes: the oldest go. Files are put in place whole; a damaged one is passed over and goes in its
 * turn. Thread-safe within one process; two at once see each other's entries.
 */
public final class HistoryStore {

    /** Entries that are kept. */
    public static final int MOST_ENTRIES = 100;

    /** Bytes of all files together. */
    public static final long MOST_BYTES = 4L << 20;

    private final Path folder;
    private final int mostEntries;
    private final long mostBytes;

    /** @param folder is made when the first entry comes */
    public HistoryStore(Path folder) {
        this(folder, MOST_ENTRIES, MOST_BYTES);
    }

    HistoryStore(Path folder, int mostEntries, long mostBytes) {
        this.folder = folder;
        this.mostEntries = mostEntries;
        this.mostBytes = mostBytes;
    }

    /**
     * An entry that is kept, and its name.
     *
     * @param id its files' name without an ending
     * @param entry what is kept
     * @param thumbnail the small picture's file, which may be missing
     */
    public record Kept(String id, HistoryEntry entry, Path thumbnail) {}

    /**
     * Keeps an entry, and drops the oldest ones beyond the bounds.
     *
     * @return its name
     * @throws IOException if the folder can't be written; what was kept before stays
     */
    public synchronized String add(HistoryEntry entry, BufferedImage thumbnail) throws IOException {
        Files.createDirectories(folder);
        String id = freeId(entry.created());
        // The picture first: an entry without one would be shown empty for a moment.
        HistoryFiles.writePng(thumbnail, png(id));
        HistoryFiles.writeJson(entry, json(id));
        prune();
        return id;
    }

    /** Those that can be read, the newest first. */
    public synchronized List<Kept> entries() {
        List<Kept> entries = new ArrayList<>();
        for (String id : ids()) {
            Optional<HistoryEntry> entry = HistoryFiles.readJson(json(id));
            entry.ifPresent(found -> entries.add(new Kept(id, found, png(id))));
        }
        return entries;
    }

    /** Forgets one; it may be forgotten already. */
    public synchronized void remove(String id) throws IOException {
        HistoryFiles.requireId(id);
        Files.deleteIfExists(json(id));
        Files.deleteIfExists(png(id));
    }

    /** Forgets all, damaged ones too. */
    public synchronized void clear() throws IOException {
        for (String id : ids()) {
            remove(id);
        }
    }

    private void prune() throws IOException {
        int count = 0;
        long bytes = 0;
        for (String id : ids()) {
            count++;
            bytes += size(json(id)) + size(png(id));
            // The newest stays, however large.
            if (count > 1 && (count > mostEntries || bytes > mostBytes)) {
                remove(id);
            }
        }
    }

    private static long size(Path file) throws IOException {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    /** Names sort as their moments do; the newest first. */
    private List<String> ids() {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .flatMap(name -> HistoryFiles.id(name).stream())
                    .distinct()
                    .sorted(Comparator.reverseOrder())
                    .toList();
        } catch (IOException e) {
            return List.of();
        }
    }

    private String freeId(Instant moment) {
        for (int number = 0; ; number++) {
            String id = HistoryFiles.id(moment, number);
            if (!Files.exists(json(id)) && !Files.exists(png(id))) {
                return id;
            }
        }
    }

    private Path json(String id) {
        return folder.resolve(id + HistoryFiles.JSON);
    }

    private Path png(String id) {
        return folder.resolve(id + HistoryFiles.PNG);
    }
}
