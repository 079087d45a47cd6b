package sc.fiji.diffusion.job;

import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.image.RgbImage;

/** A job's progress that knows whether somebody still waits for the job, and whether its turn has come. */
final class AwaitedProgress implements Progress {

    private final Progress progress;
    private volatile boolean started;
    private volatile boolean abandoned;

    AwaitedProgress(Progress progress) {
        this.progress = progress;
    }

    @Override
    public void report(Stage stage, int done, int total) {
        progress.report(stage, done, total);
    }

    @Override
    public void notice(String sentence) {
        progress.notice(sentence);
    }

    @Override
    public boolean wantsPreview() {
        return progress.wantsPreview();
    }

    @Override
    public void preview(RgbImage picture) {
        progress.preview(picture);
    }

    @Override
    public boolean isCancelled() {
        return abandoned || progress.isCancelled();
    }

    /** The job's turn has come. */
    void start() {
        checkCancelled();
        started = true;
    }

    boolean isStarted() {
        return started;
    }

    /** Nobody waits for the job any more. */
    void abandon() {
        abandoned = true;
    }
}
