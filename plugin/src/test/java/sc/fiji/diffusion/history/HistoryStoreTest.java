package sc.fiji.diffusion.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HistoryStoreTest {

    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    @TempDir
    private Path temporary;

    private Path folder;
    private HistoryStore store;

    @BeforeEach
    void open() {
        folder = temporary.resolve("not").resolve("there yet");
        store = new HistoryStore(folder);
    }

    @Test
    void whatIsKeptIsThereAfterARestartTheNewestFirst() throws IOException {
        HistoryEntry first = entry(0, "a \"<b>\"\n\u0000 細胞 😀");
        HistoryEntry second = entry(1, "second");
        store.add(first, picture(3, 2));
        store.add(second, picture(1, 1));
        List<HistoryStore.Kept> kept = new HistoryStore(folder).entries();
        assertEquals(
                List.of(second, first),
                kept.stream().map(HistoryStore.Kept::entry).toList());
        BufferedImage thumbnail = ImageIO.read(kept.get(1).thumbnail().toFile());
        assertEquals(3, thumbnail.getWidth());
        assertEquals(2, thumbnail.getHeight());
    }

    @Test
    void noFolderIsAnEmptyHistory() throws IOException {
        assertEquals(List.of(), store.entries());
        store.clear();
        assertFalse(Files.exists(folder));
    }

    @Test
    void entriesOfOneMomentAreAllKept() throws IOException {
        for (int i = 0; i < 3; i++) {
            store.add(entry(0, "number " + i), picture(1, 1));
        }
        assertEquals(3, store.entries().size());
    }

    @Test
    void theOldestGoBeyondTheMostThatAreKept() throws IOException {
        HistoryStore few = new HistoryStore(folder, 3, Long.MAX_VALUE);
        for (int i = 0; i < 5; i++) {
            few.add(entry(i, "number " + i), picture(1, 1));
        }
        assertEquals(List.of("number 4", "number 3", "number 2"), prompts(few));
        assertEquals(6, files().size());
    }

    @Test
    void theOldestGoBeyondTheMostBytes() throws IOException {
        HistoryStore small = new HistoryStore(folder, 100, 30_000);
        for (int i = 0; i < 8; i++) {
            small.add(entry(i, "number " + i), picture(60, 60));
        }
        long bytes = 0;
        for (Path file : files()) {
            bytes += Files.size(file);
        }
        assertTrue(bytes <= 30_000 && bytes > 15_000, bytes + " bytes");
        assertEquals("number 7", prompts(small).get(0));
        HistoryStore tiny = new HistoryStore(folder, 100, 10);
        tiny.add(entry(9, "large"), picture(60, 60));
        assertEquals(List.of("large"), prompts(tiny), "the newest stays");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{}",
                "null",
                "{\"version\":2}",
                "{\"version\":1,\"created\":\"yesterday\",\"command\":\"x\",\"values\":{}}",
                "{\"version\":1,\"created\":\"2026-11-22T12:00:00Z\",\"command\":\"x\",\"values\":[]}",
                "{\"version\":1,\"created\":\"2026-11-22T12:00:00Z\",\"command\":\"x\",\"values\":{\"a\":{}}}",
                "{\"version\":1,\"created\":\"2026-11-22T12:00:00Z\",\"command\":null,\"values\":{}}"
            })
    void aDamagedEntryIsPassedOver(String json) throws IOException {
        store.add(entry(0, "good"), picture(1, 1));
        Files.writeString(folder.resolve("20991122-120000-000-0.json"), json);
        assertEquals(List.of("good"), prompts(store));
        store.clear();
        assertEquals(List.of(), files());
    }

    @Test
    void filesOfOthersAreLeftAlone() throws IOException {
        store.add(entry(0, "good"), picture(1, 1));
        Files.writeString(folder.resolve("notes.txt"), "mine");
        Files.writeString(folder.resolve("20261122-120000-000-0.json.bak"), "mine");
        store.clear();
        assertEquals(2, files().size());
        assertThrows(IllegalArgumentException.class, () -> store.remove("../notes"));
    }

    @Test
    void oneIsForgottenAndTheOthersStay() throws IOException {
        store.add(entry(0, "first"), picture(1, 1));
        String second = store.add(entry(1, "second"), picture(1, 1));
        store.remove(second);
        store.remove(second);
        assertEquals(List.of("first"), prompts(store));
    }

    @Test
    void aFolderThatCannotBeIsAnErrorOfWriting() throws IOException {
        Files.createDirectories(folder.getParent());
        Files.writeString(folder, "a file");
        assertThrows(IOException.class, () -> store.add(entry(0, "lost"), picture(1, 1)));
        assertEquals(List.of(), store.entries());
    }

    @Test
    void aRowShowsAPromptAsItIsAndAModelWithoutItsFolders() {
        HistoryEntry entry = new HistoryEntry(
                NOON,
                "Text to Image...",
                Map.of("prompt", "<b>red</b> & blue", "model", "/home/me/models/sd15/", "seed", "7", "steps", "20"));
        String html = HistoryRow.html(entry);
        assertTrue(html.contains("&lt;b&gt;red&lt;/b&gt; &amp; blue"), html);
        assertTrue(html.contains("model=sd15/ seed=7 steps=20"), html);
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    private static List<String> prompts(HistoryStore of) {
        return of.entries().stream().map(kept -> kept.entry().value("prompt")).toList();
    }

    private static HistoryEntry entry(int second, String prompt) {
        return new HistoryEntry(NOON.plusSeconds(second), "Text to Image...", Map.of("prompt", prompt, "seed", "7"));
    }

    /** Of noise, which does not get smaller in a PNG. */
    private static BufferedImage picture(int width, int height) {
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(1);
        for (int i = 0; i < width * height; i++) {
            picture.setRGB(i % width, i / width, random.nextInt());
        }
        return picture;
    }
}
