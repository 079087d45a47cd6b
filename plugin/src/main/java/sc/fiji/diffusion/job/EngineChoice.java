package sc.fiji.diffusion.job;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import sc.fiji.diffusion.engine.device.NativeLibraries;
import sc.fiji.diffusion.engine.job.Engine;
import sc.fiji.diffusion.engine.job.InProcessEngine;
import sc.fiji.diffusion.engine.pipeline.Execution;
import sc.fiji.diffusion.engine.worker.WorkerEngine;
import sc.fiji.diffusion.engine.worker.WorkerSettings;

/** Which engine does the jobs: one in a process of its own, unless a system property says otherwise. */
final class EngineChoice {

    /** System property: {@code worker}, which is the default, or {@code in-process}. */
    static final String PROPERTY = "sc.fiji.diffusion.engine";

    /** System property: options for the worker's JVM, with blanks between them, such as {@code -Xmx8g}. */
    static final String OPTIONS_PROPERTY = "sc.fiji.diffusion.engine.options";

    private static final String IN_PROCESS = "in-process";

    private EngineChoice() {}

    /** @param notices is told where a job is done in this process though it should not be */
    static Engine engine(Consumer<String> notices) {
        if (System.getProperty(PROPERTY, "").equals(IN_PROCESS)) {
            return new InProcessEngine();
        }
        return new FallbackEngine(new WorkerEngine(EngineChoice::settings), InProcessEngine::new, notices);
    }

    /** A device may want another native library, and so another process. */
    private static WorkerSettings settings(Execution execution) {
        List<String> options = Stream.of(NativeLibraries.jvmOptions(execution.device()), options())
                .flatMap(List::stream)
                .toList();
        return WorkerSettings.usual().withJvmOptions(options);
    }

    private static List<String> options() {
        return Stream.of(System.getProperty(OPTIONS_PROPERTY, "").split(" "))
                .filter(option -> !option.isEmpty())
                .toList();
    }
}
