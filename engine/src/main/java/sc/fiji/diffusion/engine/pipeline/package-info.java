/**
 * From a request to a result. {@link sc.fiji.diffusion.engine.pipeline.TextToImageRequest} says what is wanted,
 * {@link sc.fiji.diffusion.engine.pipeline.DiffusionPipeline} holds an opened model and makes it: text to chunks of token
 * ids to hidden states, noise to latents through the denoising loop, latents to pixels.
 */
package sc.fiji.diffusion.engine.pipeline;
