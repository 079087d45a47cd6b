package sc.fiji.diffusion.engine.runtime;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How long this process has been inside ONNX Runtime, all sessions together: what is measured of an image beyond it is
 * ours. Counts up from the process's start and is never set back; thread-safe.
 */
public final class RunClock {

    private static final LongAdder RUNNING = new LongAdder();
    private static final Map<String, LongAdder> OPENING = new ConcurrentHashMap<>();

    private RunClock() {}

    /** Nanoseconds inside {@code run}. */
    public static long running() {
        return RUNNING.sum();
    }

    /** Nanoseconds that sessions took to open, by the networks' names. */
    public static Map<String, Long> opening() {
        Map<String, Long> times = new TreeMap<>();
        OPENING.forEach((network, time) -> times.put(network, time.sum()));
        return times;
    }

    static void ran(long since) {
        RUNNING.add(System.nanoTime() - since);
    }

    static void opened(String network, long since) {
        OPENING.computeIfAbsent(network, name -> new LongAdder()).add(System.nanoTime() - since);
    }
}
