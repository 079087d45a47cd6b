package sc.fiji.diffusion.engine.scheduler;

/**
 * How a step of ancestral sampling divides the way to a lower noise level: from Crowson's k-diffusion,
 * {@code get_ancestral_step} with eta 1.
 *
 * @param down the noise level to denoise to
 * @param up the standard deviation of the fresh noise that leads from there to the level of the step
 */
record AncestralStep(double down, double up) {

    static AncestralStep between(double from, double to) {
        // Of sqrt(to^2 - up^2), without a difference of nearly equal numbers.
        double down = to * to / from;
        return new AncestralStep(down, Math.sqrt(Math.max(0, to * to - down * down)));
    }
}
