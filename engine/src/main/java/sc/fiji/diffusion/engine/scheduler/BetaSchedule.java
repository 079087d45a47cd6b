package sc.fiji.diffusion.engine.scheduler;

import java.util.EnumSet;
import java.util.Set;

/**
 * The variances that the training adds at each timestep. In single precision, as diffusers reckons them: what is left of
 * the cleanest timestep's noise after rounding is seen in its schedulers' last steps.
 */
enum BetaSchedule implements ConfigFields.Word {
    LINEAR,
    /** Linear in the square roots: latent diffusion's. */
    SCALED_LINEAR,
    /** Nichol and Dhariwal (2021), arXiv 2102.09672, formula (17). */
    SQUAREDCOS_CAP_V2,
    /** What is left of the clean sample falls exponentially. */
    EXP,
    /** Hang et al. (2024), arXiv 2407.03297. */
    LAPLACE,
    SIGMOID;

    /** Those that nearly every class of schedulers knows. */
    static final Set<BetaSchedule> USUAL = Set.copyOf(EnumSet.of(LINEAR, SCALED_LINEAR, SQUAREDCOS_CAP_V2));

    private static final double LARGEST_BETA = 0.999;

    /** The first and the last logit of {@link #SIGMOID}. */
    private static final double SIGMOID_END = 6;

    /** As many as there are timesteps in the training. */
    float[] betas(int count, double start, double end) {
        float[] betas = new float[count];
        for (int timestep = 0; timestep < count; timestep++) {
            betas[timestep] = beta(timestep, count, start, end);
        }
        return betas;
    }

    private float beta(int timestep, int count, double start, double end) {
        return switch (this) {
            case LINEAR -> between(start, end, timestep, count);
            case SCALED_LINEAR -> {
                float root = between(Math.sqrt(start), Math.sqrt(end), timestep, count);
                yield root * root;
            }
            case SIGMOID -> {
                double logit = between(-SIGMOID_END, SIGMOID_END, timestep, count);
                yield (float) ((float) (1 / (1 + Math.exp(-logit))) * (end - start) + start);
            }
            case SQUAREDCOS_CAP_V2, EXP, LAPLACE -> {
                double before = alphaBar((double) timestep / count);
                double after = alphaBar((double) (timestep + 1) / count);
                yield (float) Math.min(1 - after / before, LARGEST_BETA);
            }
        };
    }

    /** As torch.linspace: counted from the nearer end. */
    private static float between(double first, double last, int index, int count) {
        if (count == 1) {
            return (float) first;
        }
        float step = ((float) last - (float) first) / (count - 1);
        return index < count / 2 ? (float) first + step * index : (float) last - step * (count - 1 - index);
    }

    /** The share of the clean sample's variance that is left at a time between 0 and 1. */
    private double alphaBar(double time) {
        return switch (this) {
            case EXP -> Math.exp(-12 * time);
            case LAPLACE -> {
                double logSnr = -0.5 * Math.copySign(1, 0.5 - time) * Math.log(1 - 2 * Math.abs(0.5 - time) + 1e-6);
                double snr = Math.exp(logSnr);
                yield Math.sqrt(snr / (1 + snr));
            }
            default -> {
                double root = Math.cos((time + 0.008) / 1.008 * Math.PI / 2);
                yield root * root;
            }
        };
    }
}
