package sc.fiji.diffusion.engine.worker;

import java.util.Map;
import sc.fiji.diffusion.engine.CancelledException;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.job.DiffusionJob;
import sc.fiji.diffusion.engine.job.Engine;
import sc.fiji.diffusion.engine.job.InProcessEngine;
import sc.fiji.diffusion.engine.runtime.NativeLibrary;

/** What a worker does, operation by operation, on one thread. */
final class WorkerJobs {

    private final Engine engine = new InProcessEngine();

    private volatile Window window;
    private ParcelBuilder incoming = new ParcelBuilder();
    private Parcel outgoing;

    /** What takes time and needs no job: the native library. */
    void warmUp() {
        try {
            NativeLibrary.load();
        } catch (RuntimeException | LinkageError e) {
            // The first job fails in the same way, and says so.
        }
    }

    void run(WorkerTask task) {
        try {
            switch (task.operation()) {
                case PREPARE -> prepare(task);
                case PUT -> put(task);
                case RUN -> work(task);
                case TAKE -> take(task);
            }
        } catch (CancelledException e) {
            task.cancelled();
        } catch (RuntimeException | Error e) {
            fail(task, e);
        }
    }

    private void fail(WorkerTask task, Throwable thrown) {
        try {
            outgoing = ParcelJson.wrap(Failure.of(thrown));
        } finally {
            // Whatever happens meanwhile, somebody waits for an answer.
            task.failed(thrown.getClass().getSimpleName());
        }
    }

    private void prepare(WorkerTask task) {
        window = Window.attach(task.text(Operation.WINDOW));
        task.completed(Map.of(Operation.PID, ProcessHandle.current().pid()));
    }

    private void put(WorkerTask task) {
        Parcel.Piece piece = new Parcel.Piece(
                Math.toIntExact(task.number(Operation.PART)),
                task.number(Operation.POSITION),
                task.number(Operation.PART_LENGTH));
        int bytes = Math.toIntExact(task.number(Operation.BYTES));
        if (piece.part() == 0 && piece.position() == 0) {
            outgoing = null;
            incoming = new ParcelBuilder();
        }
        window.use(buffer -> {
            incoming.add(piece, buffer.limit(bytes));
            return null;
        });
        task.completed(Map.of());
    }

    private void work(WorkerTask task) {
        Order order = ParcelJson.unwrap(incoming.parcel(), Order.class);
        incoming = new ParcelBuilder();
        outgoing = ParcelJson.wrap(done(order.job(), order, task));
        task.completed(Map.of());
    }

    private <T> T done(DiffusionJob<T> job, Order order, WorkerTask task) {
        return engine.run(job, order.execution(), new JobProgress(task, new PreviewSlots(window)));
    }

    private void take(WorkerTask task) {
        Parcel parcel = outgoing;
        if (parcel == null) {
            throw new EngineException("engine: expected a parcel to hand over, found none");
        }
        int part = Math.toIntExact(task.number(Operation.PART));
        long position = task.number(Operation.POSITION);
        int bytes = window.use(buffer -> {
            parcel.put(part, position, buffer);
            return buffer.position();
        });
        task.completed(Map.of(
                Operation.BYTES, (long) bytes,
                Operation.PART_LENGTH, parcel.length(part),
                Operation.PARTS, (long) parcel.parts()));
    }

    /** For when the client can't any more. */
    void freeWindow() {
        if (window != null) {
            window.free();
        }
    }
}
