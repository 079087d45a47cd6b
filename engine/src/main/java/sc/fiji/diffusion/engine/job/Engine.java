package sc.fiji.diffusion.engine.job;

import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.pipeline.Execution;

/**
 * Does jobs, and keeps the last model open, so that only the first image pays for loading it. Thread-safe: one job at a
 * time, the others wait. After a failure, whatever it was, the next job works.
 */
public interface Engine extends AutoCloseable {

    /**
     * Does a job, and blocks until it is done.
     *
     * @param execution how the model is computed; another one than the last time opens it anew
     * @param progress is told on the calling thread
     * @throws sc.fiji.diffusion.engine.RequestException if the job asks for what the model can't do
     * @throws sc.fiji.diffusion.engine.CheckpointException if the model can't be opened
     * @throws sc.fiji.diffusion.engine.EngineException if the computation fails, or what computes it has died
     * @throws sc.fiji.diffusion.engine.CancelledException soon after {@code progress} says so
     */
    <T> T run(DiffusionJob<T> job, Execution execution, Progress progress);

    /** The same, computed in the usual way. */
    default <T> T run(DiffusionJob<T> job, Progress progress) {
        return run(job, Execution.USUAL, progress);
    }

    /**
     * Does what can be done before a job is known: worth it when one will come soon.
     *
     * @throws sc.fiji.diffusion.engine.EngineException if no job could be done
     */
    default void prepare(Execution execution) {}

    /** Gives all memory back once the job that runs is done; the next job opens its model again. */
    void closeModel();

    /** Ends it at once, a job under way too. No job can be done afterwards. */
    @Override
    void close();
}
