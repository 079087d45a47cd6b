/**
 * The way from noise to latents. A {@link sc.fiji.diffusion.engine.scheduler.Scheduler} says at which timesteps the
 * UNet is asked, and what its answer makes of the latents; one file a scheduler, named and computed as in diffusers,
 * each readable from top to bottom with the paper or class that its formulas come from.
 *
 * <p>A {@link sc.fiji.diffusion.engine.scheduler.SchedulerConfig} is a model's {@code scheduler_config.json}, checked.
 * A {@link sc.fiji.diffusion.engine.scheduler.SchedulerChoice} is the user's word on it: the model's own, one of the
 * names in {@link sc.fiji.diffusion.engine.scheduler.Schedulers} laid over the model's configuration, or another
 * configuration altogether. {@link sc.fiji.diffusion.engine.scheduler.TorchRandom} draws the noise that PyTorch draws,
 * so that a seed means here what it means in diffusers.
 */
package sc.fiji.diffusion.engine.scheduler;
