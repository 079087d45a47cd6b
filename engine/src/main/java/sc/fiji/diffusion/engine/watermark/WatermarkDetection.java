package sc.fiji.diffusion.engine.watermark;

/**
 * How sure it is that a picture carries the mark.
 *
 * <p>The score is a sum of cosines of angles, over its standard deviation. In a picture that was not made with the
 * mark's random phases in mind these angles are random and independent, whatever the picture: the chance that the score
 * reaches {@code s} is {@code exp(-s²/2)} at most (Hoeffding's bound by the moment generating function, {@code
 * I₀(λ) ≤ exp(λ²/4)}), and the chance that the largest of {@code trials} scores does is {@code trials} times that.
 *
 * @param score the largest of all shifts, places and sizes that were tried, in standard deviations
 * @param trials how many were tried at most
 * @param scale of the picture, compared with what it was when it was marked, at the largest score
 */
public record WatermarkDetection(double score, long trials, double scale) {

    /** Of a million pictures without the mark, one at most is taken for one with it. */
    public static final double FALSE_ALARMS = 1e-6;

    /** The chance that a picture without the mark has such a score, at most. */
    public double falseAlarm() {
        return Math.min(1, trials * Math.exp(-score * score / 2));
    }

    /** Whether the mark is there. */
    public boolean found() {
        return falseAlarm() <= FALSE_ALARMS;
    }
}
