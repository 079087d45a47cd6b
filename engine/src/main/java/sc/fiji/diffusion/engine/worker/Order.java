package sc.fiji.diffusion.engine.worker;

import sc.fiji.diffusion.engine.job.DiffusionJob;
import sc.fiji.diffusion.engine.pipeline.Execution;

/**
 * What a worker is asked to do.
 *
 * @param job what
 * @param execution how
 */
record Order(DiffusionJob<?> job, Execution execution) {}
