package sc.fiji.diffusion.queue;

import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.progress.OverallProgress;
import sc.fiji.diffusion.progress.StatusLine;

/** A job's place in the queue, and how far it is. Told on the job's thread, read from any. */
final class JobTicket {

    private static final String WAITING = "waiting";
    private static final String CANCELLING = "cancelling";

    private final long id;
    private final String title;
    private final StatusLine line = new StatusLine();
    private volatile Thread thread;
    private volatile boolean cancelled;
    private volatile String status = WAITING;
    private volatile double done;

    JobTicket(long id, String title) {
        this.id = id;
        this.title = title;
    }

    long id() {
        return id;
    }

    /** Its turn has come, on the calling thread. */
    void start() {
        thread = Thread.currentThread();
        status = Progress.Stage.LOADING.label();
    }

    boolean isRunning() {
        return thread != null;
    }

    boolean isRunBy(Thread other) {
        return thread == other;
    }

    void cancel() {
        cancelled = true;
    }

    boolean isCancelled() {
        return cancelled;
    }

    QueuedJob view() {
        return new QueuedJob(id, title, isRunning(), cancelled, cancelled ? CANCELLING : status, done);
    }

    /** What tells the ticket as well, and is cancelled with it. */
    Progress told(Progress progress) {
        return new Progress() {
            @Override
            public void report(Stage stage, int stageDone, int total) {
                status = line.of(stage, stageDone, total);
                done = OverallProgress.of(stage, stageDone, total);
                progress.report(stage, stageDone, total);
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
                return cancelled || progress.isCancelled();
            }
        };
    }
}
