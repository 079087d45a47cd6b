/**
 * The way from noise to latents. A {@link sc.fiji.diffusion.engine.scheduler.Scheduler} says at which timesteps the
 * UNet is asked, and what its answer makes of the latents; one file a scheduler, named and computed as in diffusers,
 * each readable from top to bottom with the paper or class that its formulas come from. What several share stands above
 * them: {@code AlphaScheduler} for DDPM's notation, {@code SigmaScheduler} for that of Karras et al., and
 * {@code LogSnrScheduler} for solvers that reckon in the logarithm of the signal to noise ratio.
 *
 * <p>A {@link sc.fiji.diffusion.engine.scheduler.SchedulerConfig} is a model's {@code scheduler_config.json}, checked.
 * A {@link sc.fiji.diffusion.engine.scheduler.SchedulerChoice} is the user's word on it: the model's own, one of the
 * names in {@link sc.fiji.diffusion.engine.scheduler.Schedulers} laid over the model's configuration, or another
 * configuration altogether. {@link sc.fiji.diffusion.engine.scheduler.TorchRandom} draws the noise that PyTorch draws,
 * so that a seed means here what it means in diffusers.
 *
 * <table>
 * <caption>Which name means which class of diffusers, and what it says of that class's fields; all else, such as
 * prediction_type and betas, is the model's. Where no sigmas are named, use_karras_sigmas, use_exponential_sigmas and
 * use_beta_sigmas are false.</caption>
 * <tr><th>name<th>class<th>fields
 * <tr><td>ddim, ddim_trailing<td>DDIMScheduler<td>timestep_spacing trailing with the second
 * <tr><td>ddpm<td>DDPMScheduler<td>
 * <tr><td>pndm<td>PNDMScheduler<td>skip_prk_steps
 * <tr><td>euler, euler_karras, euler_exponential, euler_beta, euler_trailing<td>EulerDiscreteScheduler<td>the sigmas that
 * the name says; timestep_spacing trailing with the last, and leading with the first if the model says nothing
 * <tr><td>euler_a<td>EulerAncestralDiscreteScheduler<td>timestep_spacing leading if the model says nothing
 * <tr><td>heun, heun_karras<td>HeunDiscreteScheduler<td>the sigmas
 * <tr><td>lms, lms_karras<td>LMSDiscreteScheduler<td>the sigmas
 * <tr><td>dpm2, dpm2_karras<td>KDPM2DiscreteScheduler<td>the sigmas
 * <tr><td>dpm2_a, dpm2_a_karras<td>KDPM2AncestralDiscreteScheduler<td>the sigmas
 * <tr><td>dpmpp_2m and dpmpp_2m_karras, _exponential, _beta<td>DPMSolverMultistepScheduler<td>algorithm_type dpmsolver++,
 * solver_order 2, the sigmas
 * <tr><td>dpmpp_2m_sde and dpmpp_2m_sde_karras, _exponential<td>DPMSolverMultistepScheduler<td>algorithm_type
 * sde-dpmsolver++, solver_order 2, the sigmas
 * <tr><td>dpmpp_3m, dpmpp_3m_karras<td>DPMSolverMultistepScheduler<td>algorithm_type dpmsolver++, solver_order 3, the sigmas
 * <tr><td>dpmpp_2s, dpmpp_2s_karras<td>DPMSolverSinglestepScheduler<td>algorithm_type dpmsolver++, solver_order 2, the sigmas
 * <tr><td>deis, deis_karras<td>DEISMultistepScheduler<td>algorithm_type deis, the sigmas
 * <tr><td>unipc, unipc_karras<td>UniPCMultistepScheduler<td>the sigmas
 * <tr><td>lcm<td>LCMScheduler<td>
 * <tr><td>tcd<td>TCDScheduler<td>
 * </table>
 *
 * <p>Names whose class has clip_sample take false where the model says nothing. A model's own configuration may also be
 * of FlowMatchEulerDiscreteScheduler, EDMEulerScheduler or EDMDPMSolverMultistepScheduler, over which no name is laid:
 * such models see noise otherwise. A model that was trained with rescale_betas_zero_snr takes only names whose class
 * knows it: DDIM, DDPM, Euler, Euler a, DPM++ 2M and 3M, UniPC, LCM and TCD.
 */
package sc.fiji.diffusion.engine.scheduler;
