package sc.fiji.diffusion.engine.scheduler;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Linear multistep of fourth order on the ordinary differential equation of Karras et al. (2022): the slopes of the last
 * steps are joined by a polynomial of the sigma, which is integrated over the step. From Crowson's k-diffusion,
 * {@code sample_lms}; diffusers' {@code LMSDiscreteScheduler}.
 */
final class LmsDiscreteScheduler extends SigmaScheduler {

    /** Fields of diffusers' class. */
    record Settings(SigmaSettings common) implements SchedulerSettings.WithBetas {

        static Settings read(ConfigFields fields) {
            return new Settings(SigmaSettings.read(
                    fields, TrainingNoise.read(fields, TrainingNoise.Defaults.DDPM), PredictionType.USUAL));
        }

        @Override
        public TrainingNoise trainingNoise() {
            return common.trainingNoise();
        }

        @Override
        public Scheduler create(int steps) {
            return new LmsDiscreteScheduler(common, common.schedule(steps).ending(0));
        }
    }

    private static final int MOST_SLOPES = 4;

    /** Where Gauss's rule of two points looks, from the middle of an interval; exact up to the third degree. */
    private static final double GAUSS_POINT = 1 / Math.sqrt(3);

    /** How the sample changed with the sigma at the last steps, newest first. */
    private final Deque<float[]> slopes = new ArrayDeque<>();

    private LmsDiscreteScheduler(SigmaSettings settings, SigmaSchedule schedule) {
        super(Timesteps.floats(schedule.timesteps()), 1, schedule.sigmas(), settings);
    }

    @Override
    float[] next(float[] modelOutput, int index, float[] sample, NoiseSource noise) {
        float[] original = predictedOriginal(modelOutput, sample, index);
        if (slopes.size() == MOST_SLOPES) {
            slopes.removeLast();
        }
        slopes.addFirst(WeightedSum.of(1 / sigma(index), sample, -1 / sigma(index), original));
        // As in diffusers, a run that begins later reckons with steps before its first, whose slopes are missing.
        int order = Math.min(index + 1, MOST_SLOPES);
        float[] next = sample;
        int age = 0;
        for (float[] slope : slopes) {
            next = WeightedSum.of(1, next, coefficient(index, age++, order), slope);
        }
        return next;
    }

    /** The integral, over the step, of the polynomial that is 1 at one of the last sigmas and 0 at the others. */
    private double coefficient(int index, int age, int order) {
        double half = (sigma(index + 1) - sigma(index)) / 2;
        double middle = (sigma(index + 1) + sigma(index)) / 2;
        return half
                * (lagrange(middle - half * GAUSS_POINT, index, age, order)
                        + lagrange(middle + half * GAUSS_POINT, index, age, order));
    }

    private double lagrange(double sigma, int index, int age, int order) {
        double product = 1;
        for (int other = 0; other < order; other++) {
            if (other != age) {
                product *= (sigma - sigma(index - other)) / (sigma(index - age) - sigma(index - other));
            }
        }
        return product;
    }
}
