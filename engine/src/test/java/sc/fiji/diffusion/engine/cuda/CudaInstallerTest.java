package sc.fiji.diffusion.engine.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sc.fiji.diffusion.engine.CancelledException;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.device.NvidiaDriver;
import sc.fiji.diffusion.engine.device.Platform;
import sc.fiji.diffusion.engine.runtime.OnnxRuntime;

class CudaInstallerTest {

    @TempDir
    private Path folder;

    private FaultyServer server;
    private CudaArtifact artifact;

    @BeforeEach
    void serve() throws Exception {
        byte[] jar =
                jar("native/libone.so", "native/libtwo.so.1", "native/other.so", "native/lib/../../evil", "else/lib");
        artifact = DownloadTest.artifact(jar);
        server = new FaultyServer();
        server.put(artifact.path(), jar);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static byte[] jar(String... entries) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String entry : entries) {
                zip.putNextEntry(new ZipEntry(entry));
                zip.write(entry.getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        }
        return bytes.toByteArray();
    }

    @Test
    void whatIsWantedLiesBesideEachOtherAndNothingElseStays() throws IOException {
        assertEquals(place(), installer(artifact).run(InstallProgress.NONE));
        assertEquals(List.of("libone.so", "libtwo.so.1"), names(place()));
        assertEquals("native/libone.so", Files.readString(place().resolve("libone.so")));
        assertEquals(List.of("linux-x64"), names(folder.resolve("cuda")));
    }

    @Test
    void withoutRoomNothingIsFetched() {
        CudaArtifact large = new CudaArtifact(
                artifact.group(),
                artifact.name(),
                artifact.version(),
                artifact.classifier(),
                artifact.bytes(),
                artifact.sha1(),
                artifact.folder(),
                artifact.prefixes(),
                Long.MAX_VALUE / 2);
        String message = assertThrows(
                        EngineException.class, () -> installer(large).run(InstallProgress.NONE))
                .getMessage();
        assertTrue(message.contains(" GB of room for NVIDIA's libraries, found "), message);
        assertEquals(List.of(), server.requests());
    }

    @Test
    void aJarWithoutTheLibrariesLeavesNothingBehind() throws Exception {
        byte[] jar = jar("elsewhere/libone.so");
        CudaArtifact empty = DownloadTest.artifact(jar);
        server.put(empty.path(), jar);
        String message = assertThrows(
                        EngineException.class, () -> installer(empty).run(InstallProgress.NONE))
                .getMessage();
        assertTrue(message.endsWith("expected libraries in native/, found none"), message);
        assertFalse(Files.exists(place()));
    }

    @Test
    void whoCancelsWhileItIsUnpackedHasNoHalfPack() throws IOException {
        InstallProgress cancelling = new InstallProgress() {
            private boolean unpacking;

            @Override
            public void report(String step, long done, long total) {
                unpacking = step.startsWith("Unpacking");
            }

            @Override
            public boolean isCancelled() {
                return unpacking;
            }
        };
        assertThrows(CancelledException.class, () -> installer(artifact).run(cancelling));
        assertEquals(List.of("download"), names(folder.resolve("cuda")));
        assertEquals(place(), installer(artifact).run(InstallProgress.NONE));
    }

    @Test
    void withoutADriverThereIsOneSentenceBeforeAnythingIsFetched() {
        assumeTrue(NvidiaDriver.find().isEmpty(), "this machine has an NVIDIA driver");
        String message = assertThrows(EngineException.class, () -> CudaInstaller.install(InstallProgress.NONE))
                .getMessage();
        assertTrue(message.startsWith("cuda: expected "), message);
    }

    /** Its JNI library would not fit another. */
    @Test
    void theLibraryIsOfTheVersionThatTheEngineIsBuiltWith() {
        assertEquals(OnnxRuntime.version(), CudaArtifact.RUNTIME_VERSION);
    }

    @Test
    void everyPlatformOfNvidiasHasItsLibraries() {
        for (Platform platform : List.of(Platform.LINUX_X64, Platform.WINDOWS_X64)) {
            List<CudaArtifact> artifacts = CudaArtifact.of(platform);
            String runtime = platform == Platform.LINUX_X64 ? "libonnxruntime.so" : "onnxruntime.dll";
            assertTrue(artifacts.get(0).wants("ai/onnxruntime/native/" + platform.folder() + "/" + runtime));
            assertFalse(artifacts.get(0).wants("ai/onnxruntime/native/other/" + runtime));
        }
        assertThrows(EngineException.class, () -> CudaArtifact.of(Platform.MAC_AARCH64));
    }

    private CudaInstaller installer(CudaArtifact wanted) {
        return new CudaInstaller(List.of(wanted), place(), server::repository);
    }

    private Path place() {
        return folder.resolve("cuda").resolve("linux-x64");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
