/**
 * Work for the engine, and what does it. A {@link sc.fiji.diffusion.engine.job.DiffusionJob} says what to make and with
 * which model; an {@link sc.fiji.diffusion.engine.job.Engine} makes it and keeps the model warm:
 * {@link sc.fiji.diffusion.engine.job.InProcessEngine} in this process, {@code WorkerEngine} of the package
 * {@code worker} in one of its own. Both give the same and fail in the same way.
 */
package sc.fiji.diffusion.engine.job;
