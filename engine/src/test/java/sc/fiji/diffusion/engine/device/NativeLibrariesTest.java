package sc.fiji.diffusion.engine.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.runtime.Device;
import sc.fiji.diffusion.engine.runtime.Provider;

class NativeLibrariesTest {

    private final String before = System.getProperty(NativePack.CUDA_PROPERTY);

    @TempDir
    private Path folder;

    @AfterEach
    void restore() {
        if (before == null) {
            System.clearProperty(NativePack.CUDA_PROPERTY);
        } else {
            System.setProperty(NativePack.CUDA_PROPERTY, before);
        }
    }

    @Test
    void theCpuNeedsNothing() {
        assertEquals(List.of(), NativeLibraries.jvmOptions(Device.CPU));
    }

    @Test
    void aPackIsUsedWhereItLies() throws IOException {
        System.setProperty(NativePack.CUDA_PROPERTY, folder.toString());
        Path place = Files.createDirectories(folder.resolve(Platform.current().folder()));
        Files.createFile(place.resolve(Platform.current().library()));
        assertEquals(
                List.of("-Xss16777216", "-Donnxruntime.native.path=" + place),
                NativeLibraries.jvmOptions(Device.of(Provider.CUDA)));
    }

    @Test
    void aPackThatIsNotThereIsToldWithTheWayToIt() throws IOException {
        System.setProperty(NativePack.CUDA_PROPERTY, folder.toString());
        // A folder without a library is none.
        Files.createDirectories(folder.resolve(Platform.current().folder()));
        String message = assertThrows(EngineException.class, () -> NativeLibraries.jvmOptions(Device.of(Provider.CUDA)))
                .getMessage();
        assertTrue(message.startsWith("cuda: expected NVIDIA's libraries, found none"), message);
    }

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux-x64",
        "Linux, aarch64, linux-aarch64",
        "Windows 11, amd64, win-x64",
        "Windows 11, aarch64, other",
        "Mac OS X, aarch64, osx-aarch64",
        "Mac OS X, x86_64, other",
        "FreeBSD, amd64, other"
    })
    void platformsAreNamedAsInTheArtifact(String system, String architecture, String folder) {
        assertEquals(folder, Platform.of(system, architecture).folder());
    }
}
