package sc.fiji.diffusion.queue;

/**
 * What there is to see of a job at one moment.
 *
 * @param id that it keeps
 * @param title for people
 * @param running whether its turn has come
 * @param cancelled whether it was told to end
 * @param status such as {@code Denoising: 12 of 25, 8 s left}
 * @param done the share of it that is done, 0 to 1
 */
public record QueuedJob(long id, String title, boolean running, boolean cancelled, String status, double done) {}
