package sc.fiji.diffusion.engine.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import sc.fiji.diffusion.engine.runtime.Memory;

/**
 * What a benchmark ran on.
 *
 * @param processor its name, as far as the system tells
 * @param cores that this process may use; ONNX Runtime has a thread for each
 * @param memory in bytes
 * @param system operating system and architecture
 * @param java version of the virtual machine
 * @param load average number of runnable threads in the minute before; negative where the system does not tell. Above 0
 *     others use the machine too, and times are upper bounds
 */
public record Machine(String processor, int cores, long memory, String system, String java, double load) {

    /** Linux's, as proc(5) describes it. */
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    static Machine here() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return new Machine(
                named().or(() -> Optional.ofNullable(System.getenv("PROCESSOR_IDENTIFIER")))
                        .orElse("unknown"),
                system.getAvailableProcessors(),
                Memory.total(),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                Runtime.version().toString(),
                system.getSystemLoadAverage());
    }

    private static Optional<String> named() {
        if (!Files.isReadable(PROCESSORS)) {
            return Optional.empty();
        }
        try {
            return Files.readAllLines(PROCESSORS).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
