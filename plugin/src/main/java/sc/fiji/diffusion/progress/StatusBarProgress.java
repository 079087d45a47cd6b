package sc.fiji.diffusion.progress;

import ij.IJ;
import ij.ImageJ;
import sc.fiji.diffusion.engine.Progress;

/** Tells ImageJ's status line and progress bar; cancelled by Esc, or when ImageJ quits. */
public final class StatusBarProgress implements Progress, AutoCloseable {

    /** ImageJ takes a full bar for the end, and wipes it. */
    private static final double NEARLY_FULL = 0.99;

    private final StatusLine line = new StatusLine();

    /** From now on Esc means this job. */
    public StatusBarProgress() {
        IJ.resetEscape();
    }

    @Override
    public void report(Stage stage, int done, int total) {
        IJ.showStatus(line.of(stage, done, total));
        IJ.showProgress(Math.min(NEARLY_FULL, OverallProgress.of(stage, done, total)));
    }

    /** In the log, as the status line is soon written over. */
    @Override
    public void notice(String sentence) {
        IJ.log("Diffusion: " + sentence);
    }

    @Override
    public boolean isCancelled() {
        ImageJ imageJ = IJ.getInstance();
        return IJ.escapePressed() || (imageJ != null && imageJ.quitting());
    }

    /** Wipes the bar. */
    @Override
    public void close() {
        IJ.showProgress(1.0);
    }
}
