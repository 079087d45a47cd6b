package sc.fiji.diffusion.engine.worker;

import java.util.Map;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.job.DiffusionJob;
import sc.fiji.diffusion.engine.pipeline.Execution;

/** A worker that is ready, and the window to it. */
final class WorkerConnection implements AutoCloseable {

    private final WorkerProcess process;
    private final Window window;
    private long pid;

    private WorkerConnection(WorkerProcess process, Window window) {
        this.process = process;
        this.window = window;
    }

    /**
     * Starts a worker, and waits until it listens.
     *
     * @throws sc.fiji.diffusion.engine.EngineException if there can't be one; nothing is left of it then
     */
    static WorkerConnection open(WorkerProcess process, Progress progress) {
        try {
            WorkerConnection connection = new WorkerConnection(process, Window.create());
            try {
                connection.prepare(progress);
                return connection;
            } catch (RuntimeException | Error e) {
                connection.close();
                throw e;
            }
        } catch (RuntimeException | Error e) {
            process.close();
            throw e;
        }
    }

    private void prepare(Progress progress) {
        pid = process.call(Operation.PREPARE, Map.of(Operation.WINDOW, window.name()), progress)
                .orThrow(Operation.PREPARE)
                .number(Operation.PID);
    }

    long pid() {
        return pid;
    }

    boolean isUsable() {
        return process.isAlive() && !process.isWorn();
    }

    <T> T run(DiffusionJob<T> job, Execution execution, Progress progress) {
        send(ParcelJson.wrap(new Order(job, execution)), progress);
        Map<String, Object> inputs = Map.of(Operation.PREVIEW, progress.wantsPreview() ? 1 : 0);
        if (process.call(Operation.RUN, inputs, progress, new PreviewSlots(window))
                .isRefusal()) {
            throw ParcelJson.unwrap(taken(progress), Failure.class).exception();
        }
        return ParcelJson.unwrap(taken(progress), job.resultType());
    }

    private void send(Parcel parcel, Progress progress) {
        for (int part = 0; part < parcel.parts(); part++) {
            long position = 0;
            do {
                position += put(parcel, part, position, progress);
                progress.checkCancelled();
            } while (position < parcel.length(part));
        }
    }

    private int put(Parcel parcel, int part, long position, Progress progress) {
        int bytes = window.use(buffer -> {
            parcel.put(part, position, buffer);
            return buffer.position();
        });
        Map<String, Object> piece = Map.of(
                Operation.PART, part,
                Operation.POSITION, position,
                Operation.PART_LENGTH, parcel.length(part),
                Operation.BYTES, bytes);
        process.call(Operation.PUT, piece, progress).orThrow(Operation.PUT);
        return bytes;
    }

    private Parcel taken(Progress progress) {
        ParcelBuilder parcel = new ParcelBuilder();
        long parts = 1;
        for (int part = 0; part < parts; part++) {
            long position = 0;
            long length;
            do {
                WorkerAnswer answer = take(part, position, progress);
                parts = answer.number(Operation.PARTS);
                length = answer.number(Operation.PART_LENGTH);
                Parcel.Piece piece = new Parcel.Piece(part, position, length);
                int bytes = (int) answer.number(Operation.BYTES);
                window.use(buffer -> {
                    parcel.add(piece, buffer.limit(bytes));
                    return null;
                });
                position += bytes;
            } while (position < length);
        }
        return parcel.parcel();
    }

    private WorkerAnswer take(int part, long position, Progress progress) {
        return process.call(Operation.TAKE, Map.of(Operation.PART, part, Operation.POSITION, position), progress)
                .orThrow(Operation.TAKE);
    }

    /** Ends the worker at once, whatever it does. */
    @Override
    public void close() {
        process.close();
        window.close();
    }
}
