package sc.fiji.diffusion.engine.device;

import java.util.List;
import java.util.Optional;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.runtime.Device;
import sc.fiji.diffusion.engine.runtime.OnnxRuntime;

/**
 * Makes a process load the native library that a device wants. A process loads but one, at its first use of the engine:
 * whoever changes the device starts another process.
 */
public final class NativeLibraries {

    /** For the threads that compute: drivers compile shaders on them, and a megabyte, Java's usual, is too little. */
    public static final long STACK_BYTES = 16L << 20;

    private NativeLibraries() {}

    /**
     * The options of a Java process that is to use a device.
     *
     * @throws EngineException if the libraries for it are not installed
     */
    public static List<String> jvmOptions(Device device) {
        return folder(device)
                .map(folder -> List.of("-Xss" + STACK_BYTES, "-D" + OnnxRuntime.FOLDER_PROPERTY + "=" + folder))
                .orElse(List.of());
    }

    /**
     * Makes this process load what a device wants, if it has loaded nothing yet; if it has, opening a network says so. A
     * folder that the user chose with {@code -Donnxruntime.native.path} stays.
     *
     * @throws EngineException if the libraries for it are not installed
     */
    public static void use(Device device) {
        if (System.getProperty(OnnxRuntime.FOLDER_PROPERTY) == null) {
            folder(device).ifPresent(folder -> System.setProperty(OnnxRuntime.FOLDER_PROPERTY, folder));
        }
    }

    private static Optional<String> folder(Device device) {
        NativePack pack = NativePack.of(device);
        if (pack == NativePack.BUILT_IN) {
            return Optional.empty();
        }
        return Optional.of(pack.folder()
                .orElseThrow(() -> new EngineException(device + ": expected " + missing(pack)))
                .toAbsolutePath()
                .toString());
    }

    /** What is missing, and how to come by it. */
    static String missing(NativePack pack) {
        return switch (pack) {
            case CUDA -> "NVIDIA's libraries, found none; diffuse devices --install cuda fetches them";
            case GPU ->
                "the libraries for GPUs in "
                        + pack.place().map(Object::toString).orElse("a folder beside the jar")
                        + ", found none; they are in the zip that is made with -Pgpu";
            case BUILT_IN -> "the libraries of ONNX Runtime's jar";
        };
    }
}
