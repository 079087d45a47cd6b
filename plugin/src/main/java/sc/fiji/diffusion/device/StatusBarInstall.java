package sc.fiji.diffusion.device;

import ij.IJ;
import java.util.Locale;
import sc.fiji.diffusion.engine.cuda.InstallProgress;

/** Shows in ImageJ's status bar how far an installation is; Esc cancels it. */
public final class StatusBarInstall implements InstallProgress, AutoCloseable {

    private static final long PERIOD_NANOS = 200_000_000L;

    private long last;

    public StatusBarInstall() {
        IJ.resetEscape();
        last = System.nanoTime() - PERIOD_NANOS;
    }

    @Override
    public void report(String step, long done, long total) {
        if (System.nanoTime() - last >= PERIOD_NANOS) {
            last = System.nanoTime();
            IJ.showStatus(String.format(Locale.ROOT, "%s: %.2f of %.2f GB", step, done / 1e9, total / 1e9));
            IJ.showProgress((double) done / total);
        }
    }

    @Override
    public boolean isCancelled() {
        return IJ.escapePressed();
    }

    /** Wipes the progress bar. */
    @Override
    public void close() {
        IJ.showProgress(1.0);
    }
}
