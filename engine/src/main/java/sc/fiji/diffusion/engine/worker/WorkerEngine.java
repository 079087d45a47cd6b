package sc.fiji.diffusion.engine.worker;

import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import sc.fiji.diffusion.engine.CancelledException;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.job.DiffusionJob;
import sc.fiji.diffusion.engine.job.Engine;
import sc.fiji.diffusion.engine.pipeline.Execution;

/**
 * Does jobs in a process of its own, which is started when it is needed. Whatever becomes of that process (a native
 * crash, an end for lack of memory, a driver that is stuck) costs one job; the next one starts another process. It ends
 * when it is idle for long, and at the latest with this process, however this one ends.
 */
public final class WorkerEngine implements Engine {

    /** Long enough to look at a picture and think of the next one; gigabytes are not kept over lunch. */
    private static final long IDLE_MINUTES = 10;

    private final Function<Execution, WorkerSettings> settings;
    private final UnaryOperator<List<String>> launcher;
    private final long idleMillis;
    private final ScheduledExecutorService timer = new ScheduledThreadPoolExecutor(
            1,
            work -> {
                Thread thread = new Thread(work, "Diffusion-Idle");
                thread.setDaemon(true);
                return thread;
            },
            // After the end nothing is idle.
            new ThreadPoolExecutor.DiscardPolicy());

    /** Null if no worker runs. */
    private volatile WorkerConnection worker;

    private volatile boolean closed;

    /** What the worker was started with. */
    private WorkerSettings started;

    /** How often it has been used: tells whether it was since a timer was set. */
    private long uses;

    private ScheduledFuture<?> idleEnd;

    /** With the usual settings. */
    public WorkerEngine() {
        this(execution -> WorkerSettings.usual());
    }

    /** @param settings for what is to be computed; where they change, another worker takes over */
    public WorkerEngine(Function<Execution, WorkerSettings> settings) {
        this(settings, UnaryOperator.identity(), TimeUnit.MINUTES.toMillis(IDLE_MINUTES));
    }

    /** @param launcher turns the command line into one that runs it */
    WorkerEngine(Function<Execution, WorkerSettings> settings, UnaryOperator<List<String>> launcher, long idleMillis) {
        this.settings = settings;
        this.launcher = launcher;
        this.idleMillis = idleMillis;
    }

    @Override
    public synchronized <T> T run(DiffusionJob<T> job, Execution execution, Progress progress) {
        progress.checkCancelled();
        return busy(() -> connection(execution, progress).run(job, execution, progress));
    }

    /** Starts the worker, if none runs. */
    @Override
    public synchronized void prepare(Execution execution) {
        busy(() -> connection(execution, Progress.NONE));
    }

    private <T> T busy(Supplier<T> work) {
        uses++;
        if (idleEnd != null) {
            idleEnd.cancel(false);
        }
        try {
            return work.get();
        } catch (RuntimeException e) {
            if (closed) {
                throw new CancelledException();
            }
            throw e;
        } finally {
            if (worker != null && !worker.isUsable()) {
                end();
            }
            long use = uses;
            idleEnd = timer.schedule(() -> endIfIdleSince(use), idleMillis, TimeUnit.MILLISECONDS);
        }
    }

    private WorkerConnection connection(Execution execution, Progress progress) {
        WorkerSettings wanted = settings.apply(execution);
        if (worker != null && !(worker.isUsable() && wanted.equals(started))) {
            end();
        }
        if (worker == null) {
            List<String> command = launcher.apply(WorkerCommand.of(wanted));
            started = wanted;
            worker = WorkerConnection.open(WorkerProcess.start(command, wanted.environment()), progress);
        }
        if (closed) {
            end();
            throw new CancelledException();
        }
        return worker;
    }

    private synchronized void endIfIdleSince(long use) {
        if (use == uses) {
            end();
        }
    }

    /** Ends the worker, and with it gives back whatever memory it had. */
    @Override
    public synchronized void closeModel() {
        end();
    }

    private void end() {
        if (worker != null) {
            worker.close();
            worker = null;
        }
    }

    /** The process's number; empty if none runs. */
    OptionalLong pid() {
        WorkerConnection running = worker;
        return running == null ? OptionalLong.empty() : OptionalLong.of(running.pid());
    }

    @Override
    public void close() {
        closed = true;
        timer.shutdownNow();
        WorkerConnection running = worker;
        if (running != null) {
            running.close();
        }
    }
}
