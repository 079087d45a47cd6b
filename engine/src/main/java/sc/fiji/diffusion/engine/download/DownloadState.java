package sc.fiji.diffusion.engine.download;

import java.util.Locale;
import java.util.OptionalLong;

/**
 * How far a download is.
 *
 * @param filesDone files that are whole
 * @param files in all
 * @param bytes that are here, 0 to {@code totalBytes}, those of earlier tries too
 * @param totalBytes of all files that were not here in whole
 * @param bytesPerSecond that came lately
 * @param secondsLeft at that speed; empty while it is not known
 */
public record DownloadState(
        int filesDone, int files, long bytes, long totalBytes, double bytesPerSecond, OptionalLong secondsLeft) {

    private static final int MINUTE = 60;

    /** From 0 to 1. */
    public double share() {
        return totalBytes == 0 ? 1 : (double) bytes / totalBytes;
    }

    /** For a status line, such as {@code 3 of 12 files, 0.81 of 2.13 GB, 24.5 MB/s, 53 s left}. */
    public String text() {
        String amount = String.format(
                Locale.ROOT, "%d of %d files, %.2f of %.2f GB", filesDone, files, bytes / 1e9, totalBytes / 1e9);
        if (totalBytes < 100_000_000) {
            amount = String.format(
                    Locale.ROOT, "%d of %d files, %.1f of %.1f MB", filesDone, files, bytes / 1e6, totalBytes / 1e6);
        }
        String speed = bytesPerSecond > 0 ? String.format(Locale.ROOT, ", %.1f MB/s", bytesPerSecond / 1e6) : "";
        return amount + speed + (secondsLeft.isPresent() ? ", " + duration(secondsLeft.getAsLong()) + " left" : "");
    }

    private static String duration(long seconds) {
        if (seconds < MINUTE) {
            return seconds + " s";
        }
        long minutes = seconds / MINUTE;
        return minutes < MINUTE
                ? minutes + " min " + seconds % MINUTE + " s"
                : minutes / MINUTE + " h " + minutes % MINUTE + " min";
    }
}
