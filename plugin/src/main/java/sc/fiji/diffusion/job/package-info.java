/**
 * Work for the engine. A {@link sc.fiji.diffusion.job.DiffusionJob} says what to make and with which model;
 * {@link sc.fiji.diffusion.job.DiffusionJobs} makes it, one job after the other, and keeps the model warm in between.
 * Nothing here knows of dialogs, images or SciJava.
 */
package sc.fiji.diffusion.job;
