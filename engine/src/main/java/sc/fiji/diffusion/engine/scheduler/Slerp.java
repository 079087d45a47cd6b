package sc.fiji.diffusion.engine.scheduler;

/**
 * Spherical linear interpolation: from one vector to another along the arc between their directions, so that noise in
 * between is as strong as noise at both ends, where a straight line would weaken it by up to a third (Shoemake, Animating
 * rotation with quaternion curves, SIGGRAPH 1985; of noise as in CompVis' and diffusers' examples, such as {@code
 * interpolate_stable_diffusion.py}, with one angle for the whole of the latents).
 */
public final class Slerp {

    /** The cosine from which on the arc is so short, or so undefined, that the line is taken; that of diffusers. */
    private static final double STRAIGHT = 0.9995;

    private Slerp() {}

    /**
     * A new array of the same length.
     *
     * @param position 0 to 1; at 0 the values of {@code from}, at 1 those of {@code to}, to the bit
     */
    public static float[] between(float[] from, float[] to, double position) {
        if (position == 0 || position == 1) {
            return (position == 0 ? from : to).clone();
        }
        double cosine = cosine(from, to);
        double angle = Math.acos(cosine);
        // Zeros have no direction: their cosine is no number, and the line is taken.
        boolean straight = !(Math.abs(cosine) <= STRAIGHT);
        double fromShare = straight ? 1 - position : Math.sin((1 - position) * angle) / Math.sin(angle);
        double toShare = straight ? position : Math.sin(position * angle) / Math.sin(angle);
        float[] values = new float[from.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (fromShare * from[i] + toShare * to[i]);
        }
        return values;
    }

    private static double cosine(float[] first, float[] second) {
        double product = 0;
        double firstSquared = 0;
        double secondSquared = 0;
        for (int i = 0; i < first.length; i++) {
            product += (double) first[i] * second[i];
            firstSquared += (double) first[i] * first[i];
            secondSquared += (double) second[i] * second[i];
        }
        return product / Math.sqrt(firstSquared * secondSquared);
    }
}
