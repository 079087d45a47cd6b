package sc.fiji.diffusion.engine.hub;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;

class ModelsTest {

    @TempDir
    private Path cache;

    @BeforeEach
    void useACacheOfOurOwn() {
        System.setProperty(CacheFolder.PROPERTY, cache.toString());
    }

    @AfterEach
    void useTheUsualCache() {
        System.clearProperty(CacheFolder.PROPERTY);
    }

    @Test
    void theEmbeddedModelIsAWholeCheckpointWithinItsSize() throws IOException {
        Path folder = Models.locate(Models.EMBEDDED);
        Checkpoint checkpoint = Checkpoint.open(folder);
        assertEquals("micrograph", checkpoint.name());
        assertTrue(checkpoint.nativeSize() >= 128, "native size " + checkpoint.nativeSize());
        assertEquals(2, checkpoint.guidanceScale(), "the guidance that suits the model");
        assertTrue(bytesIn(folder) <= 60_000_000, "bytes " + bytesIn(folder));
    }

    @Test
    void anUnpackedModelIsUsedAgain() throws IOException {
        Path config = Models.locate(Models.EMBEDDED).resolve("model_index.json");
        var before = Files.getLastModifiedTime(config);
        assertEquals(config, Models.locate(Models.EMBEDDED).resolve("model_index.json"));
        assertEquals(before, Files.getLastModifiedTime(config));
    }

    @Test
    void aDamagedCopyIsLaidAnew() throws IOException {
        Path weights = Models.locate(Models.EMBEDDED).resolve("unet").resolve("diffusion_pytorch_model.safetensors");
        byte[] whole = Files.readAllBytes(weights);
        byte[] damaged = whole.clone();
        damaged[damaged.length / 2] ^= 1;
        Files.write(weights, damaged);
        Models.locate(Models.EMBEDDED);
        assertArrayEquals(whole, Files.readAllBytes(weights));
    }

    @Test
    void severalMayUnpackAtOnceAndLeaveNothingBehind() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            Callable<Path> locating = () -> Models.locate(Models.EMBEDDED);
            for (Future<Path> located : threads.invokeAll(List.of(locating, locating, locating, locating))) {
                Checkpoint.open(located.get());
            }
        } finally {
            threads.shutdown();
        }
        try (Stream<Path> versions = Files.list(cache)) {
            Path version = versions.filter(Files::isDirectory).findFirst().orElseThrow();
            try (Stream<Path> folders = Files.list(version)) {
                assertEquals(List.of(version.resolve(Models.EMBEDDED)), folders.toList());
            }
        }
    }

    @Test
    void aCacheThatCantBeWrittenIsNamed() throws IOException {
        Path file = Files.writeString(cache.resolve("file"), "in the way");
        System.setProperty(CacheFolder.PROPERTY, file.toString());
        EngineException e = assertThrows(EngineException.class, () -> Models.locate(Models.EMBEDDED));
        assertTrue(e.getMessage().startsWith(file + ": expected to lay the model micrograph there"), e.getMessage());
    }

    @Test
    void whatIsNoNameIsAPath() throws IOException {
        Path absolute = cache.resolve("none");
        assertEquals(absolute, Models.locate(absolute.toString()));
        assertEquals(Path.of("nowhere"), Models.locate("nowhere"));
        Path model = Files.createDirectories(cache.resolve("models").resolve("mine"));
        assertEquals(model, Models.locate(model.toString()));
    }

    @Test
    void aModelThatIsNotHereSaysHowToGetIt() {
        System.setProperty(HuggingFaceCache.PROPERTY, cache.resolve("hub").toString());
        try {
            for (String name : List.of("lab/model", "sd15", "lab/model@v1", "lab/model/a.safetensors")) {
                RequestException e = assertThrows(RequestException.class, () -> Models.locate(name));
                assertEquals(
                        "model: expected " + name
                                + " to be here, found neither such a path nor a fetched model; diffuse" + " models get "
                                + name + ", or Plugins ▸ Diffusion ▸ Models…, fetches it",
                        e.getMessage());
            }
        } finally {
            System.clearProperty(HuggingFaceCache.PROPERTY);
        }
    }

    private static long bytesIn(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }
}
