package sc.fiji.diffusion.models;

import java.util.function.Consumer;
import sc.fiji.diffusion.engine.download.DownloadProgress;
import sc.fiji.diffusion.engine.download.DownloadState;

/** Something that takes its time, on a thread of its own, until it ends or is cancelled. */
final class ModelTask implements DownloadProgress {

    private final Consumer<DownloadState> shown;
    private volatile boolean cancelled;

    /** @param shown is told how far it is, on its thread */
    ModelTask(Consumer<DownloadState> shown) {
        this.shown = shown;
    }

    void start(Consumer<ModelTask> work) {
        Thread thread = new Thread(() -> work.accept(this), "Diffusion models");
        thread.setDaemon(true);
        thread.start();
    }

    void cancel() {
        cancelled = true;
    }

    @Override
    public void report(DownloadState state) {
        shown.accept(state);
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }
}
