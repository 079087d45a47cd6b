package sc.fiji.diffusion.engine.download;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Counts what comes, from any thread, and tells speed and time left. */
final class TransferMeter {

    private static final long WINDOW_NANOS = 10_000_000_000L;
    private static final double NANOS_PER_SECOND = 1e9;

    private final int files;
    private final long totalBytes;
    private final LongSupplier nanoTime;
    private final Deque<Sample> samples = new ArrayDeque<>();
    private int filesDone;
    private long bytes;
    private long received;

    private record Sample(long time, long received) {}

    /** @param nanoTime a clock such as {@link System#nanoTime} */
    TransferMeter(int files, long totalBytes, LongSupplier nanoTime) {
        this.files = files;
        this.totalBytes = totalBytes;
        this.nanoTime = nanoTime;
    }

    /** Bytes that came over the network. */
    synchronized void received(long count) {
        received += count;
        bytes += count;
    }

    /** Bytes that were found here; negative for bytes that were thrown away. */
    synchronized void found(long count) {
        bytes += count;
    }

    synchronized void fileDone() {
        filesDone++;
    }

    /** To be asked some times a second. */
    synchronized DownloadState state() {
        long now = nanoTime.getAsLong();
        samples.addLast(new Sample(now, received));
        while (samples.size() > 2 && now - samples.getFirst().time() > WINDOW_NANOS) {
            samples.removeFirst();
        }
        Sample first = samples.getFirst();
        double seconds = (now - first.time()) / NANOS_PER_SECOND;
        double speed = seconds > 0 ? (received - first.received()) / seconds : 0;
        OptionalLong left =
                speed > 0 ? OptionalLong.of((long) Math.ceil((totalBytes - bytes) / speed)) : OptionalLong.empty();
        return new DownloadState(filesDone, files, Math.min(bytes, totalBytes), totalBytes, speed, left);
    }
}
