package sc.fiji.diffusion.engine.download;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.hub.HubSettings;
import sc.fiji.diffusion.engine.hub.HuggingFaceCache;
import sc.fiji.diffusion.engine.hub.Models;

/** What tests of downloads share: a hub with a small ControlNet on this machine, and an empty cache. */
abstract class HubTest {

    static final String NAME = "lab/edges";
    static final String WEIGHTS = "diffusion_pytorch_model.safetensors";
    static final int SIZE = 300_000;

    static final RetryPolicy QUICK =
            new RetryPolicy(3, Duration.ofMillis(5), Duration.ofSeconds(3), Duration.ofMillis(700), 2);

    @TempDir
    Path folder;

    Path cache;
    FaultyHub hub;

    @BeforeEach
    void startAHub() throws IOException {
        cache = folder.resolve("hub cache");
        System.setProperty(HuggingFaceCache.PROPERTY, cache.toString());
        byte[] weights = new byte[SIZE];
        new Random(1).nextBytes(weights);
        hub = new FaultyHub(NAME)
                .put("config.json", "{\"_class_name\": \"ControlNetModel\"}")
                .put(WEIGHTS, weights)
                .put("diffusion_pytorch_model.bin", "a pickle")
                .put("README.md", "---\nlicense: mit\n---\n")
                .says("license", "mit");
    }

    @AfterEach
    void stopTheHub() {
        hub.close();
        System.clearProperty(HuggingFaceCache.PROPERTY);
    }

    HubSettings settings() {
        return new HubSettings(hub.endpoint(), cache, Optional.of("hf_secret"), false, true);
    }

    ModelDownloader downloader() {
        return new ModelDownloader(settings(), QUICK);
    }

    Path fetch() {
        return fetch(DownloadProgress.NONE);
    }

    Path fetch(DownloadProgress progress) {
        ModelDownloader downloader = downloader();
        return downloader.fetch(downloader.plan(NAME, DownloadOptions.USUAL, progress), progress);
    }

    /** The partial file of the weights. */
    Path part() {
        return cache.resolve("models--lab--edges")
                .resolve("blobs")
                .resolve(FaultyHub.hash(hub.content(WEIGHTS)) + ".diffusion.incomplete");
    }

    /** Nothing of the repository can be taken for a model. */
    void assertNothingIsUsed() throws IOException {
        Path repository = cache.resolve("models--lab--edges");
        assertFalse(Files.exists(repository.resolve("snapshots")), "a snapshot");
        assertFalse(Files.exists(repository.resolve("refs")), "a revision's name");
        assertThrows(RequestException.class, () -> Models.locate(NAME));
        if (Files.exists(repository.resolve("blobs"))) {
            for (Path blob : list(repository.resolve("blobs"))) {
                String name = blob.getFileName().toString();
                assertTrue(
                        name.endsWith(".incomplete") || name.equals(FaultyHub.hash(Files.readAllBytes(blob))),
                        "content that is not what its name says: " + name);
            }
        }
    }

    /** The model is there, and is the one that the hub has. */
    void assertWhole(Path snapshot) throws IOException {
        assertEquals(snapshot, Models.locate(NAME));
        assertArrayEquals(hub.content(WEIGHTS), Files.readAllBytes(snapshot.resolve(WEIGHTS)));
        assertArrayEquals(hub.content("config.json"), Files.readAllBytes(snapshot.resolve("config.json")));
        assertFalse(Files.exists(part()), "a partial file");
    }

    static List<Path> list(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.sorted().toList();
        }
    }
}
