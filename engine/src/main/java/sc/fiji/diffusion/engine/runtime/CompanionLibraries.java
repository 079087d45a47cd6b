package sc.fiji.diffusion.engine.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The libraries that ONNX Runtime's own needs from the folder that it lies in. The loaders of Linux and Windows don't
 * look there: but a library that is loaded already is taken, wherever it came from.
 */
final class CompanionLibraries {

    /** How their files' names begin, each after those that it needs; what is not in the folder is left out. */
    private static final List<String> IN_ORDER = List.of(
            "dxil.",
            "dxcompiler.",
            "DirectML.",
            "libcudart.so",
            "libcublasLt.so",
            "libcublas.so",
            "libcurand.so",
            "libcufft.so",
            "libnvrtc.so",
            "libcudnn.so",
            "cudart64_",
            "cublasLt64_",
            "cublas64_",
            "curand64_",
            "cufft64_",
            "nvrtc64_",
            // Those of Linux name their own folder as the place to look.
            "cudnn_graph64_",
            "cudnn_ops64_",
            "cudnn_",
            "cudnn64_");

    private CompanionLibraries() {}

    /** The folder that was chosen, if one was. */
    static Optional<Path> folder() {
        return Optional.ofNullable(System.getProperty(OnnxRuntime.FOLDER_PROPERTY))
                .filter(folder -> !folder.isBlank())
                .map(Path::of);
    }

    /** @throws UnsatisfiedLinkError if one is broken, or made for another system */
    static void load() {
        folder().ifPresent(folder -> inOrder(folder)
                .forEach(file -> System.load(file.toAbsolutePath().toString())));
    }

    /** Those that are in a folder, each once, in the order to load them. */
    static List<Path> inOrder(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> sorted = files.sorted().toList();
            return IN_ORDER.stream()
                    .flatMap(prefix -> sorted.stream()
                            .filter(file -> file.getFileName().toString().startsWith(prefix)))
                    .distinct()
                    .toList();
        } catch (IOException unreadable) {
            // ONNX Runtime will say of its own library that it is not there.
            return List.of();
        }
    }
}
