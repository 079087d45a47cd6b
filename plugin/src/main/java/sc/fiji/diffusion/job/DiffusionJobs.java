package sc.fiji.diffusion.job;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Function;
import sc.fiji.diffusion.device.ChosenExecution;
import sc.fiji.diffusion.engine.CancelledException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.job.DiffusionJob;
import sc.fiji.diffusion.engine.job.Engine;
import sc.fiji.diffusion.engine.pipeline.Execution;
import sc.fiji.diffusion.engine.provenance.Computation;
import sc.fiji.diffusion.engine.runtime.Device;

/**
 * Runs jobs one after the other, on an engine that keeps the last model open, so that only the first image pays for
 * loading it. May be called from any thread but the event thread, and blocks until the job is done.
 *
 * <p>Jobs are handed to the engine on a thread of their own. So ImageJ may end the thread of a macro whenever it likes,
 * and it does when Esc is not heeded within two seconds: the job is then cancelled, and the model stays as it should.
 */
public final class DiffusionJobs {

    private static final DiffusionJobs SHARED = new DiffusionJobs();
    private static final long POLL_MILLIS = 50;

    private final ExecutorService engineThread = Executors.newSingleThreadExecutor(work -> {
        Thread thread = new Thread(work, "Diffusion");
        thread.setDaemon(true);
        return thread;
    });

    private final Notices notices = new Notices();
    private final Engine engine = EngineChoice.engine(notices);

    /** Devices that the automatic choice took, and that failed. */
    private final Set<Device> failed = ConcurrentHashMap.newKeySet();

    /** Notices of the choice: once a session is enough. */
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    private DiffusionJobs() {}

    /** The one that all commands and scripts use: two models at once may not fit in memory. */
    public static DiffusionJobs shared() {
        return SHARED;
    }

    /** @param receiver is told in a sentence what users should know but need not be stopped for */
    public void tellNotices(Consumer<String> receiver) {
        notices.tell(receiver);
    }

    /**
     * @param progress is told on the jobs' thread
     * @throws sc.fiji.diffusion.engine.DiffusionException if it can't be done, or was cancelled
     */
    public <T> T run(DiffusionJob<T> job, Progress progress) {
        return await(awaited -> runAsChosen(job, awaited), progress);
    }

    /**
     * The same, computed as something was before, as far as this machine can: in the same numbers, and on the CPU if it
     * was there.
     */
    public <T> T runLike(DiffusionJob<T> job, Computation before, Progress progress) {
        return await(awaited -> engine.run(job, executionLike(before, awaited::notice), awaited), progress);
    }

    /** As {@link #runLike} would compute. To find the fastest device may take seconds, once a session. */
    public Execution executionLike(Computation before, Consumer<String> notice) {
        boolean onCpu = before.device().equals(Device.CPU.toString());
        return Execution.like(
                before,
                onCpu ? Device.CPU : execution(ChosenExecution.get(), notice).device());
    }

    /** What the user left to us to choose, and what fails then, is done on the CPU. */
    private <T> T runAsChosen(DiffusionJob<T> job, Progress progress) {
        Consumer<String> notice = sentence -> {
            if (told.add(sentence)) {
                progress.notice(sentence);
            }
        };
        ChosenExecution chosen = ChosenExecution.get();
        Execution execution = execution(chosen, notice);
        Function<Device, T> work = device -> engine.run(
                job, device.equals(execution.device()) ? execution : chosen.execution(device, notice), progress);
        return chosen.device().attempt(execution.device(), work, sentence -> {
            failed.add(execution.device());
            notice.accept(sentence);
        });
    }

    private Execution execution(ChosenExecution chosen, Consumer<String> notice) {
        Execution execution = chosen.resolved(notice);
        return chosen.device().isAutomatic() && failed.contains(execution.device())
                ? chosen.execution(Device.CPU, notice)
                : execution;
    }

    /** Starts in the background what can be started before there is a job: for when one is likely to come. */
    public void prepare() {
        engineThread.execute(() -> {
            try {
                engine.prepare(execution(ChosenExecution.get(), notice -> {}));
            } catch (RuntimeException | LinkageError e) {
                // The job that comes fails in the same way, and says so.
            }
        });
    }

    /** Gives all memory of the engine back; the next job opens its model again. */
    public void closeModel() {
        await(
                awaited -> {
                    engine.closeModel();
                    return null;
                },
                Progress.NONE);
    }

    private <T> T await(Function<Progress, T> work, Progress progress) {
        AwaitedProgress awaited = new AwaitedProgress(progress);
        Future<T> result = engineThread.submit(() -> {
            awaited.start();
            return work.apply(awaited);
        });
        try {
            return poll(result, awaited);
        } finally {
            // However this thread ends, nobody waits for the job any more.
            awaited.abandon();
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
