package sc.fiji.diffusion.stack;

import java.util.Locale;
import sc.fiji.diffusion.engine.RequestException;

/** The memory in which ImageJ keeps its images: what Edit ▸ Options ▸ Memory &amp; Threads sets. */
public final class HeapMemory {

    /** What the work on one picture takes at once: colours in floats before and after, masks, their soft edges. */
    public static final long WORK_BYTES_PER_PIXEL = 100;

    private HeapMemory() {}

    /**
     * Says in words what would otherwise end in an image that is half made.
     *
     * @param what needs it, for the message
     * @param bytes how much
     * @throws RequestException if so much is not left
     */
    public static void require(String what, long bytes) {
        long available = availableFor(bytes);
        if (bytes > available) {
            throw new RequestException(what + ": expected at most the " + megabytes(available)
                    + " of memory that ImageJ has left, found a need of " + megabytes(bytes));
        }
    }

    /** How much is left; exactly only if it is less than what is asked for, as that takes a moment. */
    static long availableFor(long bytes) {
        long available = available();
        if (bytes <= available) {
            return available;
        }
        // Much of what is in use may be garbage: image-sized arrays of the work before.
        System.gc();
        return available();
    }

    private static long available() {
        Runtime runtime = Runtime.getRuntime();
        return runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
    }

    static String megabytes(long bytes) {
        return String.format(Locale.ROOT, "%.0f MB", bytes / 1e6);
    }
}
