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
        double up = Math.sqrt(to * to * (from * from - to * to) / (from * from));
        return new AncestralStep(Math.sqrt(to * to - up * up), up);
    }
}
