package sc.fiji.diffusion.engine.worker;

import com.google.gson.Gson;
import com.sun.jna.Pointer;
import java.io.File;
import java.io.IOException;
import java.net.JarURLConnection;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.apposed.appose.SharedMemory;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.hub.CacheFolder;

/** The command line that starts a worker: this process's Java, and the jars that it runs from. */
final class WorkerCommand {

    /**
     * One class of every library that a worker needs: whatever class loader has it knows the jar. Those that are named
     * are known to other packages alone, or are there for some systems alone.
     */
    private static final List<String> NEEDED = List.of(
            resource(Worker.class),
            "ai/onnxruntime/OrtEnvironment.class",
            "ai/onnx/proto/OnnxMl.class",
            "com/google/protobuf/Message.class",
            resource(Gson.class),
            resource(SharedMemory.class),
            resource(Pointer.class),
            "com/sun/jna/platform/win32/Kernel32.class");

    /** Where files are, and what users may set to say so. */
    private static final List<String> HANDED_ON =
            List.of("user.home", "java.io.tmpdir", "diffusion.", "onnxruntime.", "jna.");

    private WorkerCommand() {}

    /**
     * @throws EngineException if the program's own jars can't be found
     */
    static List<String> of(WorkerSettings settings) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(usualOptions());
        command.addAll(properties());
        command.addAll(settings.jvmOptions());
        command.add("-classpath");
        command.add(String.join(File.pathSeparator, classPath()));
        command.add(Worker.class.getName());
        return command;
    }

    /** A small heap, as the networks' memory is not in it; what makes a JVM start fast; and no output in between. */
    private static List<String> usualOptions() {
        return List.of(
                "-XX:+UseSerialGC",
                "-XX:MaxRAMPercentage=25",
                "-Xshare:auto",
                "-XX:-UsePerfData",
                "-XX:+DisplayVMOutputToStderr",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + CacheFolder.path().resolve("engine-crash-%p.log"),
                "-Djava.awt.headless=true");
    }

    private static List<String> properties() {
        Properties all = System.getProperties();
        return all.stringPropertyNames().stream()
                .filter(name -> HANDED_ON.stream()
                        .anyMatch(known -> known.endsWith(".") ? name.startsWith(known) : name.equals(known)))
                .sorted()
                .map(name -> "-D" + name + "=" + all.getProperty(name))
                .toList();
    }

    private static Set<String> classPath() {
        Set<String> entries = new LinkedHashSet<>();
        NEEDED.forEach(resource -> entries.add(entry(resource)));
        return entries;
    }

    /** The jar or folder that a class is in. */
    private static String entry(String resource) {
        URL found = WorkerCommand.class.getClassLoader().getResource(resource);
        if (found == null) {
            throw new EngineException("engine: expected all jars of the program, found none with " + resource);
        }
        try {
            if (found.openConnection() instanceof JarURLConnection jar) {
                return file(jar.getJarFileURL());
            }
            String folder = file(found);
            return folder.substring(0, folder.length() - resource.length() - 1);
        } catch (IOException e) {
            throw new EngineException("engine: expected a readable jar with " + resource + ", found " + e, e);
        }
    }

    private static String file(URL url) {
        try {
            return Path.of(url.toURI()).toString();
        } catch (URISyntaxException unquoted) {
            // Some class loaders leave blanks as they are.
            return new File(url.getPath()).getPath();
        }
    }

    private static String resource(Class<?> type) {
        return type.getName().replace('.', '/') + ".class";
    }
}
