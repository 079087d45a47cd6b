package sc.fiji.diffusion.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import sc.fiji.diffusion.engine.CancelledException;
import sc.fiji.diffusion.engine.EngineException;

/** Against a real HTTP server that misbehaves. */
@Timeout(120)
class DownloadTest {

    private static final int SIZE = 1_000_000;

    @TempDir
    private Path folder;

    private final byte[] content = new byte[SIZE];
    private FaultyServer server;
    private CudaArtifact artifact;

    @BeforeEach
    void serve() throws Exception {
        new Random(1).nextBytes(content);
        artifact = artifact(content);
        server = new FaultyServer();
        server.put(artifact.path(), content);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    static CudaArtifact artifact(byte[] content) throws Exception {
        String sha1 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(content));
        return new CudaArtifact(
                "org.example", "libraries", "1.0", "linux", content.length, sha1, "native/", List.of("lib"), 1000);
    }

    @Test
    void aFileIsFetchedWhole() throws IOException {
        assertArrayEquals(content, Files.readAllBytes(download().run(server.repository())));
        assertEquals(List.of("libraries-1.0-linux.jar null"), server.requests());
        assertEquals(0, download().missingBytes());
        assertFalse(Files.exists(part()));
    }

    @Test
    void aTransferThatBreaksOffGoesOnWhereItEnded() throws IOException {
        server.breakAfter(300_000);
        assertArrayEquals(content, Files.readAllBytes(download().run(server.repository())));
        assertEquals("libraries-1.0-linux.jar null", server.requests().get(0));
        assertTrue(server.requests().size() >= 4, server.requests().toString());
        for (String request : server.requests().subList(1, server.requests().size())) {
            assertTrue(request.matches("libraries-1.0-linux.jar bytes=[1-9][0-9]*-"), request);
        }
    }

    @Test
    void whatAnEarlierProcessFetchedIsNotFetchedAgain() throws IOException {
        Files.write(part(), Arrays.copyOf(content, 600_000));
        assertEquals(400_000, download().missingBytes());
        assertArrayEquals(content, Files.readAllBytes(download().run(server.repository())));
        assertEquals(List.of("libraries-1.0-linux.jar bytes=600000-"), server.requests());
    }

    @Test
    void aServerWithoutRangesSendsAllAnew() throws IOException {
        server.refuseRanges();
        Files.write(part(), new byte[600_000]);
        assertArrayEquals(content, Files.readAllBytes(download().run(server.repository())));
    }

    @Test
    void aTransferThatNeverGetsFurtherIsGivenUp() throws IOException {
        server.breakAfter(0);
        String message = failure();
        assertTrue(message.startsWith("libraries-1.0-linux.jar: expected to fetch it from"), message);
    }

    @Test
    void aFileThatIsNotThereIsToldInOneSentence() throws Exception {
        artifact = artifact(new byte[5]);
        server.close();
        server = new FaultyServer();
        assertTrue(failure().contains("404"));
    }

    @Test
    void otherBytesOfTheSameNumberAreDeleted() {
        byte[] other = content.clone();
        other[SIZE / 2]++;
        server.put(artifact.path(), other);
        String message = failure();
        assertTrue(message.contains("expected 1000000 bytes with SHA-1 " + artifact.sha1()), message);
        assertFalse(Files.exists(part()));
        assertFalse(Files.exists(folder.resolve(artifact.fileName())));
    }

    @Test
    void aFileOfAnotherSizeIsNotFetched() {
        server.put(artifact.path(), new byte[SIZE + 1]);
        assertTrue(failure().contains("expected 1000000 bytes, found 1000001"));
        assertFalse(Files.exists(folder.resolve(artifact.fileName())));
    }

    @Test
    void whoCancelsKeepsWhatWasFetched() throws IOException {
        Download download = new Download(artifact, folder, new InstallProgress() {
            private long done;

            @Override
            public void report(String step, long reported, long total) {
                assertEquals(SIZE, total);
                done = reported;
            }

            @Override
            public boolean isCancelled() {
                return done > 100_000;
            }
        });
        assertThrows(CancelledException.class, () -> download.run(server.repository()));
        assertTrue(
                Files.size(part()) >= 90_000, () -> "fetched " + part().toFile().length());
        assertArrayEquals(content, Files.readAllBytes(download().run(server.repository())));
    }

    private String failure() {
        return assertThrows(EngineException.class, () -> download().run(server.repository()))
                .getMessage();
    }

    private Path part() {
        return folder.resolve(artifact.fileName() + ".part");
    }

    private Download download() {
        return new Download(artifact, folder, InstallProgress.NONE);
    }
}
