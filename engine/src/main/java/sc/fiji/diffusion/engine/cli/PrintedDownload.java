package sc.fiji.diffusion.engine.cli;

import java.io.PrintWriter;
import sc.fiji.diffusion.engine.download.DownloadProgress;
import sc.fiji.diffusion.engine.download.DownloadState;

/** A line every few seconds. */
final class PrintedDownload implements DownloadProgress {

    private static final long PERIOD_NANOS = 3_000_000_000L;

    private final PrintWriter out;
    private long last = System.nanoTime();

    PrintedDownload(PrintWriter out) {
        this.out = out;
    }

    @Override
    public void report(DownloadState state) {
        boolean end = state.files() > 0 && state.filesDone() == state.files();
        if (end || System.nanoTime() - last >= PERIOD_NANOS) {
            last = System.nanoTime();
            out.println(state.text());
            out.flush();
        }
    }
}
