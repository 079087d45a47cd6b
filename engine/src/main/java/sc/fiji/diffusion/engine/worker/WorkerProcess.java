package sc.fiji.diffusion.engine.worker;

import java.io.File;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.apposed.appose.Service;
import org.apposed.appose.TaskEvent;
import sc.fiji.diffusion.engine.CancelledException;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.Progress;

/**
 * A worker as the client sees it: a service of Appose's. One call at a time; {@link #close} from any thread. Appose
 * keeps all that the process prints; so the worker is {@link #isWorn} when that has become much.
 */
final class WorkerProcess implements AutoCloseable {

    /** How Appose tells of what it has read, before a blank: from the standard output, and what of it is no JSON. */
    private static final String ANSWER = "[SERVICE";

    private static final String UNREADABLE = "<INVALID>";

    /** Of what is no answer: answers are not kept. */
    private static final long WORN_CHARACTERS = 1 << 20;

    private static final long MOST_CHARACTERS = 64L << 20;

    private final Service service;
    private final AtomicLong printed = new AtomicLong();

    /** It may take the system a while to end a process. */
    private volatile boolean ended;

    /** Why this process has ended the other by itself; usually null. */
    private volatile Throwable unreadable;

    private WorkerProcess(Service service) {
        this.service = service.debug(this::listen);
    }

    /** @throws EngineException if the system starts no such process */
    static WorkerProcess start(List<String> command, Map<String, String> environment) {
        Service service = new Service(new File("").getAbsoluteFile(), environment, command.toArray(String[]::new));
        WorkerProcess process = new WorkerProcess(service);
        try {
            ServiceLauncher.start(service, process::end);
        } catch (IOException e) {
            throw new EngineException(
                    "engine: expected to start " + command.get(0) + " in a process of its own, found " + e.getMessage(),
                    e);
        }
        return process;
    }

    /** What the process prints can't be read any more. */
    private void end(Throwable fault) {
        unreadable = fault;
        ended = true;
        service.kill();
    }

    /** Counts what is no answer, and ends a process that does not stop printing. */
    private void listen(String message) {
        int words = message.indexOf(' ') + 1;
        boolean answer = message.startsWith(ANSWER) && !message.startsWith(UNREADABLE, words);
        if (!answer && printed.addAndGet(message.length() - words) > MOST_CHARACTERS) {
            end(new IOException("it prints without end"));
        }
    }

    /** Whether it is better replaced before the next job. */
    boolean isWorn() {
        return printed.get() > WORN_CHARACTERS;
    }

    boolean isAlive() {
        return !ended && service.isAlive();
    }

    /**
     * Asks the worker, and waits for its answer.
     *
     * @param progress is told on this thread
     * @throws CancelledException if {@code progress} says so
     * @throws EngineException if the process dies meanwhile
     */
    WorkerAnswer call(Operation operation, Map<String, Object> inputs, Progress progress) {
        return call(operation, inputs, progress, null);
    }

    /**
     * The same, of what may show previews meanwhile.
     *
     * @param previews where they lie, or null
     */
    WorkerAnswer call(Operation operation, Map<String, Object> inputs, Progress progress, PreviewSlots previews) {
        BlockingQueue<TaskEvent> events = new LinkedBlockingQueue<>();
        Service.Task task = PluginClassLoader.with(() -> started(operation, inputs, events));
        return new WorkerCall(this, task, events, previews).await(progress);
    }

    private Service.Task started(Operation operation, Map<String, Object> inputs, BlockingQueue<TaskEvent> events) {
        try {
            return service.task(operation.script(), inputs).listen(events::add).start();
        } catch (IOException e) {
            throw new EngineException("engine: expected its process to be started, found " + e.getMessage(), e);
        }
    }

    /** Waits until the process has ended and all that it has said has been read. */
    EngineException death() {
        boolean interrupted = Thread.interrupted();
        try {
            int exit = service.waitFor();
            if (unreadable != null) {
                return new EngineException(
                        "engine: expected answers of its process, found what can't be read (" + unreadable + ")");
            }
            List<String> printed = new ArrayList<>(service.invalidLines());
            printed.addAll(service.errorLines());
            return WorkerDeath.of(exit, printed);
        } catch (InterruptedException e) {
            throw new CancelledException();
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends the process at once. */
    @Override
    public void close() {
        ended = true;
        if (service.isAlive()) {
            service.kill();
        }
        service.close();
    }
}
