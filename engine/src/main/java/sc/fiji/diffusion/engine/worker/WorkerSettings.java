package sc.fiji.diffusion.engine.worker;

import java.util.List;
import java.util.Map;

/**
 * How workers are started.
 *
 * @param jvmOptions for the worker's JVM, after the usual ones and so in place of them: {@code -Xmx8g} for more heap,
 *     {@code -Donnxruntime.native.path=FOLDER} for another build of ONNX Runtime
 * @param environment variables beside those of this process
 */
public record WorkerSettings(List<String> jvmOptions, Map<String, String> environment) {

    public WorkerSettings {
        jvmOptions = List.copyOf(jvmOptions);
        environment = Map.copyOf(environment);
    }

    /** Nothing but the usual. */
    public static WorkerSettings usual() {
        return new WorkerSettings(List.of(), Map.of());
    }

    /** The same with other options. */
    public WorkerSettings withJvmOptions(List<String> other) {
        return new WorkerSettings(other, environment);
    }
}
