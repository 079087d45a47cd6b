package sc.fiji.diffusion.engine.worker;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How workers are started.
 *
 * @param jvmOptions for the worker's JVM, after the usual ones and so in place of them: {@code -Xmx8g} for more heap,
 *     {@code -Donnxruntime.native.path=FOLDER} for another build of ONNX Runtime
 * @param environment variables beside those of this process
 */
public record WorkerSettings(List<String> jvmOptions, Map<String, String> environment) {

    private static final String TUNABLES = "GLIBC_TUNABLES";

    public WorkerSettings {
        jvmOptions = List.copyOf(jvmOptions);
        environment = Map.copyOf(environment);
    }

    /** What suits this computer. */
    public static WorkerSettings usual() {
        boolean linux =
                System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("linux");
        // Large pages for large buffers: fewer page faults where a network touches fresh memory.
        return new WorkerSettings(
                List.of(),
                linux && System.getenv(TUNABLES) == null ? Map.of(TUNABLES, "glibc.malloc.hugetlb=1") : Map.of());
    }

    /** The same with other options. */
    public WorkerSettings withJvmOptions(List<String> other) {
        return new WorkerSettings(other, environment);
    }
}
