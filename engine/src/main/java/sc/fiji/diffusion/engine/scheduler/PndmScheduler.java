package sc.fiji.diffusion.engine.scheduler;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/**
 * Pseudo linear multistep: Liu, Ren, Lin and Zhao (2022), arXiv 2202.09778, formulas (9) and (12), without the
 * Runge-Kutta steps of its beginning ({@code skip_prk_steps}); the second timestep is taken twice instead. That is how
 * Stable Diffusion is used. diffusers' {@code PNDMScheduler}.
 */
final class PndmScheduler implements Scheduler {

    /** Fields of diffusers' class. */
    record Settings(
            TrainingNoise trainingNoise,
            PredictionType predictionType,
            TimestepSpacing spacing,
            int stepsOffset,
            boolean setAlphaToOne)
            implements SchedulerSettings {

        static Settings read(ConfigFields fields) {
            PredictionType predictionType = PredictionType.read(fields);
            if (predictionType == PredictionType.SAMPLE) {
                throw fields.wrong("prediction_type", "epsilon or v_prediction with PNDMScheduler", "sample");
            }
            if (!fields.flag("skip_prk_steps", false)) {
                throw fields.wrong("skip_prk_steps", "true (Runge-Kutta steps are not supported)", false);
            }
            return new Settings(
                    TrainingNoise.read(fields, false),
                    predictionType,
                    TimestepSpacing.read(fields, TimestepSpacing.LEADING),
                    TimestepSpacing.readOffset(fields),
                    fields.flag("set_alpha_to_one", false));
        }

        @Override
        public Scheduler create(int steps) {
            return new PndmScheduler(this, steps);
        }
    }

    /** Answers of the model that a step is made of, at most. */
    private static final int MOST_OUTPUTS = 4;

    private final Settings settings;
    private final int[] timesteps;
    private final int stride;
    private final double[] alphasCumprod;
    private final StepOrder order;
    /** The model's answers, newest first. */
    private final Deque<float[]> outputs = new ArrayDeque<>();

    private float[] firstSample = {};

    private PndmScheduler(Settings settings, int steps) {
        this.settings = settings;
        int trained = settings.trainingNoise().numTrainTimesteps();
        timesteps = withSecondTwice(
                Timesteps.rounded(settings.spacing().timesteps(steps, trained, settings.stepsOffset())));
        stride = trained / steps;
        alphasCumprod = settings.trainingNoise().alphasCumprod();
        order = new StepOrder(timesteps.length);
    }

    private static int[] withSecondTwice(int[] timesteps) {
        if (timesteps.length == 1) {
            return timesteps;
        }
        int[] repeated = new int[timesteps.length + 1];
        System.arraycopy(timesteps, 0, repeated, 0, 2);
        System.arraycopy(timesteps, 1, repeated, 2, timesteps.length - 1);
        return repeated;
    }

    @Override
    public float[] timesteps() {
        return Timesteps.floats(timesteps);
    }

    @Override
    public float initNoiseSigma() {
        return 1;
    }

    @Override
    public float[] scaleModelInput(float[] sample, int index) {
        return sample.clone();
    }

    @Override
    public float[] step(float[] modelOutput, int index, float[] sample, NoiseSource noise) {
        WeightedSum.requireSameLength(modelOutput, sample);
        order.take(index);
        int timestep = timesteps[index];
        if (order.taken() == 2) {
            // The first step once more, with the mean of the answers at its two ends: it began one stride earlier.
            float[] mean = WeightedSum.of(0.5, modelOutput, 0.5, outputs.getFirst());
            return previousSample(firstSample, timestep + stride, timestep, mean);
        }
        if (order.taken() == 1) {
            firstSample = sample.clone();
        }
        remember(modelOutput);
        return previousSample(sample, timestep, timestep - stride, extrapolated());
    }

    private void remember(float[] modelOutput) {
        if (outputs.size() == MOST_OUTPUTS) {
            outputs.removeLast();
        }
        outputs.addFirst(modelOutput.clone());
    }

    /** Adams and Bashforth's formula of the highest order that the answers so far allow. */
    private float[] extrapolated() {
        double[] weights =
                switch (outputs.size()) {
                    case 1 -> new double[] {1};
                    case 2 -> new double[] {3 / 2.0, -1 / 2.0};
                    case 3 -> new double[] {23 / 12.0, -16 / 12.0, 5 / 12.0};
                    default -> new double[] {55 / 24.0, -59 / 24.0, 37 / 24.0, -9 / 24.0};
                };
        Iterator<float[]> newestFirst = outputs.iterator();
        float[] sum = WeightedSum.scaled(weights[0], newestFirst.next());
        for (int i = 1; i < weights.length; i++) {
            sum = WeightedSum.of(1, sum, weights[i], newestFirst.next());
        }
        return sum;
    }

    /** Formula (9) of the paper. */
    private float[] previousSample(float[] sample, int timestep, int previousTimestep, float[] modelOutput) {
        double alpha = alphasCumprod[timestep];
        double previous = previousAlpha(previousTimestep);
        float[] epsilon = settings.predictionType() == PredictionType.V_PREDICTION
                ? WeightedSum.of(Math.sqrt(alpha), modelOutput, Math.sqrt(1 - alpha), sample)
                : modelOutput;
        double denominator = alpha * Math.sqrt(1 - previous) + Math.sqrt(alpha * (1 - alpha) * previous);
        return WeightedSum.of(Math.sqrt(previous / alpha), sample, (alpha - previous) / denominator, epsilon);
    }

    /** After the last step there is no timestep. */
    private double previousAlpha(int previousTimestep) {
        if (previousTimestep >= 0) {
            return alphasCumprod[previousTimestep];
        }
        return settings.setAlphaToOne() ? 1 : alphasCumprod[0];
    }

    @Override
    public float[] addNoise(float[] original, float[] noise, int index) {
        double alpha = alphasCumprod[timesteps[index]];
        return WeightedSum.of(Math.sqrt(alpha), original, Math.sqrt(1 - alpha), noise);
    }
}
