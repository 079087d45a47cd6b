package sc.fiji.diffusion.job;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import sc.fiji.diffusion.engine.CancelledException;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.checkpoint.ControlNetCheckpoint;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.pipeline.DiffusionPipeline;
import sc.fiji.diffusion.engine.pipeline.PipelineOptions;

/**
 * Runs jobs one after the other and keeps the last model open, so that only the first image pays for loading it. May
 * be called from any thread but the event thread, and blocks until the job is done.
 *
 * <p>The engine works on a thread of its own. So ImageJ may end the thread of a macro whenever it likes, and it does
 * when Esc is not heeded within two seconds: the job is then cancelled, and the model stays as it should.
 */
public final class DiffusionJobs {

    private static final DiffusionJobs SHARED = new DiffusionJobs();
    private static final long POLL_MILLIS = 50;

    private final ExecutorService engineThread = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "Diffusion");
        thread.setDaemon(true);
        return thread;
    });

    /** The model that is open, or null. Only the engine's thread touches it. */
    private OpenModel open;

    private DiffusionJobs() {}

    /** The one that all commands and scripts use: two models at once may not fit in memory. */
    public static DiffusionJobs shared() {
        return SHARED;
    }

    /**
     * @param progress is told on the engine's thread
     * @throws sc.fiji.diffusion.engine.DiffusionException if it can't be done, or was cancelled
     */
    public <T> T run(DiffusionJob<T> job, Progress progress) {
        return await(awaited -> job.run(pipeline(job, awaited), awaited), progress);
    }

    /** Gives the memory of the open model back; the next job opens it again. */
    public void closeModel() {
        await(
                awaited -> {
                    close();
                    return null;
                },
                Progress.NONE);
    }

    private DiffusionPipeline pipeline(DiffusionJob<?> job, Progress progress) {
        if (open == null || !open.is(job.model(), job.controlNets())) {
            close();
            Checkpoint checkpoint = Checkpoint.open(Models.locate(job.model()));
            List<ControlNetCheckpoint> opened = job.controlNets().stream()
                    .map(path -> ControlNetCheckpoint.open(Path.of(path)))
                    .toList();
            PipelineOptions options = PipelineOptions.of(checkpoint).withControlNets(opened);
            DiffusionPipeline pipeline = DiffusionPipeline.openFor(job.settings(), checkpoint, options, progress);
            open = new OpenModel(job.model(), job.controlNets(), pipeline);
        }
        return open.pipeline();
    }

    private void close() {
        if (open != null) {
            open.pipeline().close();
            open = null;
        }
    }

    private <T> T await(Function<Progress, T> work, Progress progress) {
        AwaitedProgress awaited = new AwaitedProgress(progress);
        Future<T> result = engineThread.submit(() -> guarded(work, awaited));
        try {
            return poll(result, awaited);
        } finally {
            // However this thread ends, nobody waits for the job any more.
            awaited.abandon();
        }
    }

    /** After a failure of the native side the model is opened afresh: nothing is known of its state. */
    private <T> T guarded(Function<Progress, T> work, AwaitedProgress progress) {
        progress.start();
        try {
            return work.apply(progress);
        } catch (EngineException | Error e) {
            close();
            throw e;
        }
    }

    private static <T> T poll(Future<T> result, AwaitedProgress progress) {
        while (true) {
            try {
                return result.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                // A running job hears of it and ends; one that waits for its turn need not be waited for.
                if (!progress.isStarted() && progress.isCancelled()) {
                    throw new CancelledException();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancelledException();
            } catch (ExecutionException e) {
                throw unchecked(e.getCause());
            }
        }
    }

    /** The work throws nothing that is checked. */
    private static RuntimeException unchecked(Throwable cause) {
        if (cause instanceof Error error) {
            throw error;
        }
        return (RuntimeException) cause;
    }
}
