package sc.fiji.diffusion.engine.worker;

import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apposed.appose.Service;
import org.apposed.appose.TaskEvent;
import sc.fiji.diffusion.engine.CancelledException;
import sc.fiji.diffusion.engine.Progress;

/**
 * One question to a worker, from when it is asked to when it is answered. Appose's own waiting would neither ask
 * whether to go on nor end where the process has died before the question came to it.
 */
final class WorkerCall {

    private static final long POLL_MILLIS = 20;

    /** After that long without an answer to a cancellation the process is stuck, in a driver for one, and is ended. */
    private static final long GRACE_NANOS = TimeUnit.SECONDS.toNanos(5);

    private final WorkerProcess process;
    private final Service.Task task;
    private final BlockingQueue<TaskEvent> events;
    private final PreviewSlots previews;

    private boolean interrupted;
    private boolean cancelled;
    private long cancelledAt;

    /** @param previews where they lie, or null if there are none */
    WorkerCall(WorkerProcess process, Service.Task task, BlockingQueue<TaskEvent> events, PreviewSlots previews) {
        this.process = process;
        this.task = task;
        this.events = events;
        this.previews = previews;
    }

    WorkerAnswer await(Progress progress) {
        try {
            while (true) {
                TaskEvent event = next();
                if (event != null && event.responseType.isTerminal()) {
                    return answer(event);
                }
                if (event != null && event.responseType == Service.ResponseType.UPDATE) {
                    report(event, progress);
                }
                if (interrupted || progress.isCancelled()) {
                    cancel();
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The next event, or null if there is none for a while. */
    private TaskEvent next() {
        try {
            // What was said before the end counts; nothing comes after it.
            boolean alive = process.isAlive();
            TaskEvent event = events.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            if (event == null && !alive) {
                RuntimeException death = process.death();
                event = events.poll();
                if (event == null) {
                    throw death;
                }
            }
            return event;
        } catch (InterruptedException e) {
            interrupted = true;
            return null;
        }
    }

    private WorkerAnswer answer(TaskEvent event) {
        return switch (event.responseType) {
            case COMPLETION -> new WorkerAnswer(task.outputs, "");
            case FAILURE -> new WorkerAnswer(Map.of(), String.valueOf(task.error));
            case CANCELATION -> throw new CancelledException();
            default -> throw process.death();
        };
    }

    /** If whoever is told fails, the worker must not go on by itself. */
    private void report(TaskEvent event, Progress progress) {
        try {
            if (event.info != null && event.info.get(WorkerTask.NOTICE) instanceof String sentence) {
                progress.notice(sentence);
                return;
            }
            if (event.info != null && previews != null && PreviewSlots.isPlace(event.info)) {
                progress.preview(previews.get(event.info));
                return;
            }
            progress.report(Progress.Stage.valueOf(event.message), (int) event.current, (int) event.maximum);
        } catch (RuntimeException | Error e) {
            process.close();
            throw e;
        }
    }

    private void cancel() {
        long now = System.nanoTime();
        if (!cancelled) {
            cancelled = true;
            cancelledAt = now;
            PluginClassLoader.with(() -> {
                task.cancel();
                return null;
            });
        } else if (now - cancelledAt > GRACE_NANOS) {
            process.close();
            throw new CancelledException();
        }
    }
}
