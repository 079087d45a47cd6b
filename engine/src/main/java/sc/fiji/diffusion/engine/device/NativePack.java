package sc.fiji.diffusion.engine.device;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import sc.fiji.diffusion.engine.hub.CacheFolder;
import sc.fiji.diffusion.engine.runtime.Device;

/** The builds of ONNX Runtime's native library, each with what it needs in one folder a platform. */
public enum NativePack {
    /** Inside ONNX Runtime's jar: the CPU, and on a Mac its GPU too. */
    BUILT_IN,
    /**
     * GPUs of any make: beside the engine's jar in {@code diffusion-gpu/<platform>}, where the zip made with {@code
     * -Pgpu} puts it, or where {@link #GPU_PROPERTY} says.
     */
    GPU,
    /** NVIDIA's GPUs: in the cache folder, fetched on request, or where {@link #CUDA_PROPERTY} says. */
    CUDA;

    /** System property: the folder with a folder for each platform. */
    public static final String GPU_PROPERTY = "diffusion.gpu";

    /** System property: the folder with a folder for each platform. */
    public static final String CUDA_PROPERTY = "diffusion.cuda";

    private static final String GPU_FOLDER = "diffusion-gpu";
    private static final String CUDA_FOLDER = "cuda-1.29.0";

    /** What a device wants. */
    static NativePack of(Device device) {
        return switch (device.provider()) {
            case CPU, COREML -> BUILT_IN;
            case WEBGPU -> Platform.current().isMac() ? BUILT_IN : GPU;
            case DIRECTML -> GPU;
            case CUDA -> CUDA;
        };
    }

    /** Where its libraries for this platform lie; empty if they are not there, or inside the jar. */
    public Optional<Path> folder() {
        return place().filter(folder ->
                Files.isRegularFile(folder.resolve(Platform.current().library())));
    }

    /** Where its libraries for this platform belong; empty for what is inside the jar, or if there is no such place. */
    public Optional<Path> place() {
        return switch (this) {
            case BUILT_IN -> Optional.empty();
            case GPU -> place(GPU_PROPERTY).or(() -> besideJar().map(NativePack::platform));
            case CUDA ->
                place(CUDA_PROPERTY)
                        .or(() -> Optional.of(platform(CacheFolder.path().resolve(CUDA_FOLDER))));
        };
    }

    private static Optional<Path> place(String property) {
        return Optional.ofNullable(System.getProperty(property)).map(Path::of).map(NativePack::platform);
    }

    private static Path platform(Path folder) {
        return folder.resolve(Platform.current().folder());
    }

    /** The classes of a build that is not packed yet have no pack beside them. */
    private static Optional<Path> besideJar() {
        CodeSource source = NativePack.class.getProtectionDomain().getCodeSource();
        if (source == null) {
            return Optional.empty();
        }
        try {
            Path jar = new File(source.getLocation().toURI()).toPath();
            return Files.isRegularFile(jar) ? Optional.of(jar.resolveSibling(GPU_FOLDER)) : Optional.empty();
        } catch (URISyntaxException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
