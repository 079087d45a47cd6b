package sc.fiji.diffusion.engine.runtime;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.zip.CRC32;
import sc.fiji.diffusion.engine.hub.CacheFolder;

/**
 * ONNX Runtime's native library in the cache folder. Out of the jar it would be unpacked, tens of megabytes, whenever a
 * process starts; out of the cache it is there at once.
 */
public final class NativeLibrary {

    private static final List<String> NAMES = List.of("onnxruntime", "onnxruntime4j_jni");

    private NativeLibrary() {}

    /** Loads it, out of the cache folder if no other folder is named; for processes that do nothing else. */
    public static void load() {
        if (System.getProperty(OnnxRuntime.FOLDER_PROPERTY) == null) {
            try {
                System.setProperty(OnnxRuntime.FOLDER_PROPERTY, unpacked().toString());
            } catch (IOException noCache) {
                // ONNX Runtime unpacks it by itself then.
            }
        }
        OnnxRuntime.version();
    }

    private static Path unpacked() throws IOException {
        String resources = "/ai/onnxruntime/native/" + platform() + "/";
        JarEntry library = entry(resources + System.mapLibraryName(NAMES.get(0)));
        Path folder =
                CacheFolder.path().resolve("onnxruntime-" + platform() + "-" + Long.toHexString(library.getCrc()));
        Files.createDirectories(folder);
        for (String name : NAMES) {
            String file = System.mapLibraryName(name);
            unpack(resources + file, folder.resolve(file));
        }
        return folder;
    }

    /** Another process may do the same now: the file comes to its place at once. */
    private static void unpack(String resource, Path file) throws IOException {
        JarEntry entry = entry(resource);
        if (Files.isRegularFile(file) && Files.size(file) == entry.getSize() && crc(file) == entry.getCrc()) {
            return;
        }
        Path fresh = Files.createTempFile(file.getParent(), "unpacking", null);
        try (InputStream in = OrtEnvironment.class.getResourceAsStream(resource)) {
            Files.copy(in, fresh, StandardCopyOption.REPLACE_EXISTING);
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private static JarEntry entry(String resource) throws IOException {
        URL found = OrtEnvironment.class.getResource(resource);
        if (found != null && found.openConnection() instanceof JarURLConnection jar) {
            return jar.getJarEntry();
        }
        throw new IOException(resource + " is in no jar");
    }

    private static long crc(Path file) throws IOException {
        CRC32 crc = new CRC32();
        byte[] buffer = new byte[1 << 20];
        try (InputStream in = Files.newInputStream(file)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                crc.update(buffer, 0, count);
            }
        }
        return crc.getValue();
    }

    /** As ONNX Runtime calls it, such as {@code linux-x64}. */
    private static String platform() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String kind = system.startsWith("windows") ? "win" : system.startsWith("mac") ? "osx" : "linux";
        String machine = System.getProperty("os.arch", "").toLowerCase(Locale.ROOT);
        boolean arm = machine.equals("aarch64") || machine.equals("arm64");
        return kind + (arm ? "-aarch64" : "-x64");
    }
}
