package sc.fiji.diffusion.engine.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The memory that this process has taken so far, as well as the system tells.
 *
 * @param bytes how much
 * @param kind what is counted, in words
 */
public record PeakMemory(long bytes, String kind) {

    /** Linux's, as proc(5) describes it. */
    private static final Path STATUS = Path.of("/proc/self/status");

    static PeakMemory now() {
        return largestResidentSize()
                .map(bytes -> new PeakMemory(bytes, "largest resident size"))
                .orElseGet(() -> new PeakMemory(
                        ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                                .getCommittedVirtualMemorySize(),
                        "virtual memory committed now, as this system tells no more"));
    }

    private static Optional<Long> largestResidentSize() {
        if (!Files.isReadable(STATUS)) {
            return Optional.empty();
        }
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .map(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
