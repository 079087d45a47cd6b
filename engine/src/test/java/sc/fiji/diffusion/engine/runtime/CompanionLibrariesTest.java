package sc.fiji.diffusion.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompanionLibrariesTest {

    @TempDir
    private Path folder;

    @Test
    void eachComesAfterThoseThatItNeedsAndOnce() throws IOException {
        List<String> expected = List.of(
                "libcudart.so.12",
                "libcublasLt.so.12",
                "libcublas.so.12",
                "libcufft.so.11",
                "libcudnn.so.9",
                "cublasLt64_12.dll",
                "cublas64_12.dll",
                "cudnn_graph64_9.dll",
                "cudnn_ops64_9.dll",
                "cudnn_adv64_9.dll",
                "cudnn64_9.dll");
        for (String name : expected) {
            Files.createFile(folder.resolve(name));
        }
        for (String other : List.of("libonnxruntime.so", "libonnxruntime_providers_cuda.so", "libcudnn_adv.so.9")) {
            Files.createFile(folder.resolve(other));
        }
        assertEquals(
                expected,
                CompanionLibraries.inOrder(folder).stream()
                        .map(file -> file.getFileName().toString())
                        .toList());
    }

    @Test
    void aFolderThatIsNotThereHasNone() {
        assertEquals(List.of(), CompanionLibraries.inOrder(folder.resolve("none")));
    }
}
