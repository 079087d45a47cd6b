package sc.fiji.diffusion.engine.scheduler;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import sc.fiji.diffusion.engine.RequestException;

/**
 * Pseudo numerical methods, Liu, Ren, Lin and Zhao (2022), arXiv 2202.09778: linear multistep, formulas (9) and (12). A
 * run begins with three Runge-Kutta steps of four calls each, formula (13), or, if {@code skip_prk_steps}, as Stable
 * Diffusion is used, takes the second timestep twice instead. diffusers' {@code PNDMScheduler}.
 */
final class PndmScheduler extends AlphaScheduler {

    /** Fields of diffusers' class. */
    record Settings(
            TrainingNoise trainingNoise,
            PredictionType predictionType,
            TimestepSpacing spacing,
            int stepsOffset,
            boolean setAlphaToOne,
            boolean skipPrkSteps)
            implements SchedulerSettings.WithBetas {

        static Settings read(ConfigFields fields) {
            return new Settings(
                    TrainingNoise.read(fields, TrainingNoise.Defaults.DDPM),
                    PredictionType.read(fields, PredictionType.WITHOUT_SAMPLE),
                    TimestepSpacing.read(fields, TimestepSpacing.LEADING),
                    TimestepSpacing.readOffset(fields),
                    fields.flag("set_alpha_to_one", false),
                    fields.flag("skip_prk_steps", false));
        }

        @Override
        public Scheduler create(int steps) {
            int[] spaced = Timesteps.rounded(spacing.timesteps(steps, numTrainTimesteps(), stepsOffset));
            int stride = numTrainTimesteps() / steps;
            int[] timesteps = skipPrkSteps ? withSecondTwice(spaced) : withRungeKutta(spaced, stride);
            return new PndmScheduler(this, timesteps, stride);
        }
    }

    /** Answers of the model that a step is made of, at most. */
    private static final int MOST_OUTPUTS = 4;

    /** Of the answers at the beginning, twice in the middle, and at the end of a Runge-Kutta step. */
    private static final double[] RUNGE_KUTTA = {1 / 6.0, 1 / 3.0, 1 / 3.0, 1 / 6.0};

    private static final int CALLS = RUNGE_KUTTA.length;
    private static final int RUNGE_KUTTA_STEPS = 3;

    private final Settings settings;
    private final int stride;
    /** How many timesteps belong to Runge-Kutta steps. */
    private final int rungeKuttaTimesteps;

    /** The model's answers, newest last. */
    private final List<float[]> outputs = new ArrayList<>();

    /** Those of the Runge-Kutta step under way. */
    private final List<float[]> stages = new ArrayList<>();

    private float[] firstSample = {};

    private PndmScheduler(Settings settings, int[] timesteps, int stride) {
        super(timesteps, settings.trainingNoise().alphasCumprod());
        this.settings = settings;
        this.stride = stride;
        this.rungeKuttaTimesteps = settings.skipPrkSteps() ? 0 : RUNGE_KUTTA_STEPS * CALLS;
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

    private static int[] withRungeKutta(int[] timesteps, int stride) {
        if (timesteps.length <= RUNGE_KUTTA_STEPS) {
            throw new RequestException("steps: expected at least " + (RUNGE_KUTTA_STEPS + 1)
                    + ", as PNDM with Runge-Kutta steps (skip_prk_steps is false) needs, found " + timesteps.length);
        }
        IntStream begun = IntStream.range(0, RUNGE_KUTTA_STEPS).flatMap(step -> {
            int middle = timesteps[step + 1] + stride / 2;
            return IntStream.of(timesteps[step], middle, middle, timesteps[step + 1]);
        });
        return IntStream.concat(begun, Arrays.stream(timesteps).skip(RUNGE_KUTTA_STEPS))
                .toArray();
    }

    @Override
    public int begin(int leftOut) {
        if (leftOut > 0 && rungeKuttaTimesteps > 0) {
            throw new RequestException("scheduler: expected one that can begin later than its first step, found PNDM"
                    + " with Runge-Kutta steps (skip_prk_steps is false)");
        }
        return leftOut;
    }

    @Override
    float[] next(float[] modelOutput, int index, float[] sample, NoiseSource noise) {
        if (index < rungeKuttaTimesteps) {
            return rungeKutta(modelOutput, index, sample);
        }
        int timestep = timestep(index);
        if (taken() == 2) {
            // The first step once more, with the mean of the answers at its two ends: it began one stride earlier.
            float[] mean = WeightedSum.of(0.5, modelOutput, 0.5, outputs.get(0));
            return previousSample(firstSample, timestep + stride, timestep, mean);
        }
        if (taken() == 1) {
            firstSample = sample.clone();
        }
        remember(modelOutput);
        return previousSample(sample, timestep, timestep - stride, extrapolated());
    }

    /** To the middle with the first answer and again with the second, to the end with the third and with all four. */
    private float[] rungeKutta(float[] modelOutput, int index, float[] sample) {
        int stage = index % CALLS;
        if (stage == 0) {
            stages.clear();
            firstSample = sample.clone();
            remember(modelOutput);
        }
        stages.add(modelOutput.clone());
        boolean halfway = stage % 2 == 0;
        float[] slope = stage == CALLS - 1 ? WeightedSum.of(RUNGE_KUTTA, stages) : modelOutput;
        int to = timestep(index) - (halfway ? stride / 2 : 0);
        return previousSample(firstSample, timestep(index - stage), to, slope);
    }

    private void remember(float[] modelOutput) {
        if (outputs.size() == MOST_OUTPUTS) {
            outputs.remove(0);
        }
        outputs.add(modelOutput.clone());
    }

    /** Adams and Bashforth's formula of the highest order that the answers so far allow. */
    private float[] extrapolated() {
        double[] weights =
                switch (outputs.size()) {
                    case 1 -> new double[] {1};
                    case 2 -> new double[] {-1 / 2.0, 3 / 2.0};
                    case 3 -> new double[] {5 / 12.0, -16 / 12.0, 23 / 12.0};
                    default -> new double[] {-9 / 24.0, 37 / 24.0, -59 / 24.0, 55 / 24.0};
                };
        return WeightedSum.of(weights, outputs);
    }

    /** Formula (9) of the paper. */
    private float[] previousSample(float[] sample, int timestep, int previousTimestep, float[] modelOutput) {
        double alpha = alphaAt(timestep);
        // After the last step there is no timestep.
        double previous = previousTimestep >= 0 ? alphaAt(previousTimestep) : finalAlpha(settings.setAlphaToOne());
        float[] epsilon =
                settings.predictionType().epsilon(modelOutput, sample, Math.sqrt(alpha), Math.sqrt(1 - alpha));
        double denominator = alpha * Math.sqrt(1 - previous) + Math.sqrt(alpha * (1 - alpha) * previous);
        return WeightedSum.of(Math.sqrt(previous / alpha), sample, (alpha - previous) / denominator, epsilon);
    }
}
