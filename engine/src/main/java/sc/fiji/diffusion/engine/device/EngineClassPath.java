package sc.fiji.diffusion.engine.device;

import java.io.File;
import java.net.URISyntaxException;
import java.security.CodeSource;
import java.util.List;
import java.util.stream.Collectors;
import sc.fiji.diffusion.engine.EngineException;

/** The jars that the engine and what it needs came from: ImageJ loads plugins from where {@code java.class.path} has nothing. */
final class EngineClassPath {

    private static final List<String> CLASSES = List.of(
            EngineClassPath.class.getName(),
            "ai.onnxruntime.OrtEnvironment",
            "ai.onnx.proto.OnnxMl",
            "com.google.protobuf.Message",
            "com.google.gson.Gson");

    private EngineClassPath() {}

    /** For a JVM's option {@code -classpath}. */
    static String get() {
        return CLASSES.stream().map(EngineClassPath::origin).distinct().collect(Collectors.joining(File.pathSeparator));
    }

    private static String origin(String className) {
        try {
            // Not initialised, because that loads native libraries.
            Class<?> type = Class.forName(className, false, EngineClassPath.class.getClassLoader());
            CodeSource source = type.getProtectionDomain().getCodeSource();
            if (source == null) {
                throw new EngineException(className + ": expected it in a jar or folder, found no place of it");
            }
            return new File(source.getLocation().toURI()).getPath();
        } catch (ClassNotFoundException | URISyntaxException | IllegalArgumentException e) {
            throw new EngineException(className + ": expected it in a jar or folder, found " + e, e);
        }
    }
}
