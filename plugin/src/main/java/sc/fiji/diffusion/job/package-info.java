/**
 * Work for the engine, as ImageJ has it: {@link sc.fiji.diffusion.job.DiffusionJobs} runs one job after the other, on an
 * engine in a process of its own or, where that can't be, in ImageJ's. Nothing here knows of dialogs, images or SciJava.
 */
package sc.fiji.diffusion.job;
