package sc.fiji.diffusion.engine.runtime;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Stream;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.graph.Graph;

/**
 * Says early, in words, what would otherwise end in the operating system killing the process. The bound is all the
 * machine's (or container's) memory, not what is free now: caches are given up when needed.
 */
public final class Memory {

    private static final long KILOBYTE = 1024;

    private Memory() {}

    static void requireForWeights(Graph graph) {
        require(graph.name() + ": weights", graph.float32Bytes());
    }

    /**
     * Fails if the machine has not this much memory at all.
     *
     * @param what needs it, for the message
     * @param bytes how much
     */
    public static void require(String what, long bytes) {
        long total = total();
        if (bytes > total) {
            throw new EngineException(what + ": expected at most the " + gigabytes(total)
                    + " of memory that this computer has, found a need of " + gigabytes(bytes)
                    + "; choose a smaller size or model");
        }
    }

    /** As {@link #require}, of the memory that Java may use. */
    public static void requireHeap(String what, long bytes) {
        long most = Runtime.getRuntime().maxMemory();
        if (bytes > most) {
            throw new EngineException(what + ": expected at most the " + gigabytes(most)
                    + " of memory that Java may use, found a need of " + gigabytes(bytes)
                    + "; choose a smaller size, or give Java more (-Xmx)");
        }
    }

    /** All memory of this machine or container, in bytes. */
    public static long total() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return system.getTotalMemorySize();
    }

    /**
     * Memory that a program may take now without slowing others down, in bytes. On Linux the system's own guess, which
     * counts caches that it would give up; in a container, and elsewhere, what is free.
     */
    public static long available() {
        OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        long free = system.getFreeMemorySize();
        return isContainer() ? free : Math.max(free, meminfo("MemAvailable").orElse(0));
    }

    /** A container has less than the machine. */
    private static boolean isContainer() {
        return total() < meminfo("MemTotal").orElse(0);
    }

    /** A value of Linux's {@code /proc/meminfo}, in bytes. */
    private static OptionalLong meminfo(String name) {
        try (Stream<String> lines = Files.lines(Path.of("/proc/meminfo"))) {
            return lines.filter(line -> line.startsWith(name + ":"))
                    .mapToLong(line -> KILOBYTE * Long.parseLong(line.replaceAll("[^0-9]", "")))
                    .findFirst();
        } catch (IOException | UncheckedIOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** Such as {@code 1.5 GB}. */
    public static String gigabytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
    }
}
