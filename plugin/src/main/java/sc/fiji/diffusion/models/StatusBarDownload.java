package sc.fiji.diffusion.models;

import ij.IJ;
import sc.fiji.diffusion.engine.download.DownloadProgress;
import sc.fiji.diffusion.engine.download.DownloadState;

/** Shows in ImageJ's status bar how far a download is; Esc cancels it. */
public final class StatusBarDownload implements DownloadProgress, AutoCloseable {

    /** ImageJ takes a full bar for the end, and wipes it. */
    private static final double NEARLY_FULL = 0.99;

    public StatusBarDownload() {
        IJ.resetEscape();
    }

    @Override
    public void report(DownloadState state) {
        IJ.showStatus(state.text());
        IJ.showProgress(Math.min(NEARLY_FULL, state.share()));
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
