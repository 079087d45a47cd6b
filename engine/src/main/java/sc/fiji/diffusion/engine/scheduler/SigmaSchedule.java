package sc.fiji.diffusion.engine.scheduler;

/**
 * Timesteps of a run and the noise at them.
 *
 * @param timesteps falling
 * @param sigmas one a timestep; with some schedulers one more, which the last step leads to
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record SigmaSchedule(double[] timesteps, double... sigmas) {

    /** The same, and the noise that the last step leaves. */
    SigmaSchedule ending(double last) {
        return new SigmaSchedule(timesteps, Sigmas.ending(sigmas, last));
    }
}
