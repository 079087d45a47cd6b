package sc.fiji.diffusion.progress;

import ij.IJ;
import ij.ImagePlus;
import ij.gui.ImageWindow;
import java.util.Optional;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.preview.OpeningTime;
import sc.fiji.diffusion.preview.PreviewWindow;

/**
 * Tells ImageJ's status line and progress bar, and shows jobs that take longer in a window of their own; cancelled by Esc,
 * by that window's button, or when ImageJ has quit.
 */
public final class StatusBarProgress implements Progress, AutoCloseable {

    /** ImageJ takes a full bar for the end, and wipes it. */
    private static final double NEARLY_FULL = 0.99;

    private final QuitWatch imageJ = new QuitWatch();
    private final StatusLine line = new StatusLine();
    private final Optional<PreviewWindow> window = PreviewWindow.forJob();
    private final OpeningTime openingTime = new OpeningTime();

    /** From now on Esc means this job. */
    public StatusBarProgress() {
        IJ.resetEscape();
    }

    @Override
    public void report(Stage stage, int done, int total) {
        String text = line.of(stage, done, total);
        IJ.showStatus(text);
        IJ.showProgress(Math.min(NEARLY_FULL, OverallProgress.of(stage, done, total)));
        boolean opens = openingTime.hasCome(stage, done, total);
        window.ifPresent(shown -> {
            if (opens) {
                shown.open();
            }
            shown.tell(text);
        });
    }

    /** In the log, as the status line is soon written over. */
    @Override
    public void notice(String sentence) {
        IJ.log("Diffusion: " + sentence);
    }

    @Override
    public boolean wantsPreview() {
        return window.isPresent() && window.get().isWanted();
    }

    @Override
    public void preview(RgbImage picture) {
        window.ifPresent(shown -> shown.show(picture));
    }

    @Override
    public boolean isCancelled() {
        return IJ.escapePressed()
                || imageJ.hasQuit()
                || (window.isPresent() && window.get().isCancelled());
    }

    /** The job is done: shows the new image, in the place of the preview if there was one. */
    public void show(ImagePlus image) {
        close();
        window.flatMap(PreviewWindow::place).ifPresent(ImageWindow::setNextLocation);
        image.show();
    }

    /** Wipes the bar, and closes the window. */
    @Override
    public void close() {
        IJ.showProgress(1.0);
        window.ifPresent(PreviewWindow::close);
    }
}
