package sc.fiji.diffusion.job;

import sc.fiji.diffusion.engine.pipeline.DiffusionPipeline;

/**
 * A model that is kept warm.
 *
 * @param model its name or path, as users give it
 * @param pipeline ready to work
 */
record OpenModel(String model, DiffusionPipeline pipeline) {}
