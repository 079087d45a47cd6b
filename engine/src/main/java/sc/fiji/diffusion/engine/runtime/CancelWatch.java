package sc.fiji.diffusion.engine.runtime;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession.RunOptions;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import sc.fiji.diffusion.engine.Progress;

/**
 * Watches, while a network computes, whether the user wants it to end, and then tells ONNX Runtime, which ends before
 * the next node: a step of a large UNet can take half a minute, longer than anybody waits for Esc.
 */
final class CancelWatch implements AutoCloseable {

    private static final long PERIOD_MILLISECONDS = 20;

    private static final ScheduledExecutorService TIMER = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "diffusion-cancel-watch");
        thread.setDaemon(true);
        return thread;
    });

    private final Progress progress;
    private final RunOptions options;
    private final ScheduledFuture<?> watching;
    private boolean closed;
    private boolean terminated;

    CancelWatch(Progress progress, RunOptions options) {
        this.progress = progress;
        this.options = options;
        this.watching = TIMER.scheduleWithFixedDelay(
                this::look, PERIOD_MILLISECONDS, PERIOD_MILLISECONDS, TimeUnit.MILLISECONDS);
    }

    private synchronized void look() {
        if (closed || terminated || !progress.isCancelled()) {
            return;
        }
        try {
            options.setTerminate(true);
            terminated = true;
        } catch (OrtException e) {
            throw OnnxRuntime.failure("cancelling", e);
        }
    }

    synchronized boolean hasTerminated() {
        return terminated;
    }

    /** After this the options are not touched any more, so that they can be freed. */
    @Override
    public void close() {
        watching.cancel(false);
        synchronized (this) {
            closed = true;
        }
    }
}
