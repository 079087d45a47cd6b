package sc.fiji.diffusion.engine.scheduler;

/**
 * Diffusion exponential integrator sampler, Zhang and Chen (2022), arXiv 2204.13902, of first to third order: the predicted
 * noise of the last steps is joined by a polynomial of the logarithm of {@code rho = noise / alpha}, which is integrated
 * over the step. diffusers' {@code DEISMultistepScheduler}.
 */
final class DeisMultistepScheduler extends LogSnrScheduler {

    private static final int HIGHEST_ORDER = 3;

    /** The one value of {@code algorithm_type}; another class's words stand for it, as in diffusers. */
    private static final String ALGORITHM = "deis";

    /** Fields of diffusers' class. */
    record Settings(SolverSettings common) implements SchedulerSettings.WithBetas {

        static Settings read(ConfigFields fields) {
            switch (fields.text("algorithm_type", ALGORITHM)) {
                case ALGORITHM, "dpmsolver", "dpmsolver++" -> {}
                default -> throw fields.wrong("algorithm_type", ALGORITHM, fields.text("algorithm_type", ALGORITHM));
            }
            switch (fields.text("solver_type", "logrho")) {
                case "logrho", "midpoint", "heun", "bh1", "bh2" -> {}
                default -> throw fields.wrong("solver_type", "logrho", fields.text("solver_type", "logrho"));
            }
            SolverSettings common = SolverSettings.read(
                    fields, TrainingNoise.read(fields, TrainingNoise.Defaults.DDPM), true, HIGHEST_ORDER);
            common.requireFlowByTimestep(fields);
            return new Settings(common);
        }

        @Override
        public TrainingNoise trainingNoise() {
            return common.trainingNoise();
        }

        /** What is not spaced by timesteps ends with its last sigma twice: the last step changes nothing. */
        @Override
        public Scheduler create(int steps) {
            SigmaSchedule schedule = common.schedule(steps, common.spacedTimesteps(steps, numTrainTimesteps()), true);
            boolean byTimestep = common.sigmaSpacing().followsTimesteps() && !common.useFlowSigmas();
            double last = byTimestep ? common.trainingSigmas()[0] : schedule.sigmas()[steps - 1];
            return new DeisMultistepScheduler(common, schedule.ending(last));
        }
    }

    private final SolverSettings settings;
    private final MultistepOrder orders;

    private DeisMultistepScheduler(SolverSettings settings, SigmaSchedule schedule) {
        super(schedule, settings.process(), settings.solverOrder());
        this.settings = settings;
        this.orders = new MultistepOrder(
                settings.solverOrder(), schedule.timesteps().length, settings.lowerOrderFinal(), false);
    }

    @Override
    float[] next(float[] modelOutput, int index, float[] sample, NoiseSource noise) {
        float[] original = settings.bound()
                .hold(settings.predictionType().original(modelOutput, sample, alpha(index), noise(index)));
        remember(PredictionType.SAMPLE.epsilon(original, sample, alpha(index), noise(index)));
        int order = orders.at(index, taken());
        double[] weights = new double[order];
        for (int age = 0; age < order; age++) {
            weights[age] =
                    alpha(index + 1) * (integral(index + 1, index, age, order) - integral(index, index, age, order));
        }
        double kept = alpha(index + 1) / alpha(index);
        return WeightedSum.of(1, WeightedSum.of(weights, outputs()), kept, sample);
    }

    /**
     * Up to the noise at an index: that of the polynomial of log(rho) which is 1 at the step of an age and 0 at the others.
     */
    private double integral(int upTo, int index, int age, int order) {
        double rho = rho(upTo);
        double log = Math.log(rho);
        double own = Math.log(rho(index - age));
        return switch (order) {
            case 1 -> rho;
            case 2 -> {
                double other = Math.log(rho(index - (1 - age)));
                yield rho * (log - other - 1) / (own - other);
            }
            default -> {
                double one = Math.log(rho(index - (age + 1) % order));
                double two = Math.log(rho(index - (age + 2) % order));
                // of (log - one) * (log - two)
                double integral = log * log - 2 * log + 2 - (one + two) * (log - 1) + one * two;
                yield rho * integral / ((own - one) * (own - two));
            }
        };
    }

    private double rho(int index) {
        return noise(index) / alpha(index);
    }
}
