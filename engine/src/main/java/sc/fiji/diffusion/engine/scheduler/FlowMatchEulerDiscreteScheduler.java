package sc.fiji.diffusion.engine.scheduler;

import java.util.Objects;

/**
 * Euler's method for rectified flows: Esser et al. (2024), arXiv 2403.03206. A sample is
 * {@code (1 - sigma) * clean + sigma * noise}, and the model answers with {@code noise - clean}. diffusers'
 * {@code FlowMatchEulerDiscreteScheduler}.
 */
final class FlowMatchEulerDiscreteScheduler extends StepwiseScheduler {

    /**
     * Fields of diffusers' class.
     *
     * @param shift how far sigmas are moved towards noise
     * @param shiftTerminal what the last sigma becomes; 0 if it stays
     * @param stochasticSampling whether each step goes to the clean sample and back up with fresh noise
     */
    record Settings(
            int numTrainTimesteps,
            double shift,
            double shiftTerminal,
            SigmaSpacing sigmaSpacing,
            boolean stochasticSampling)
            implements SchedulerSettings {

        static Settings read(ConfigFields fields) {
            fields.mustNotBeSet("use_dynamic_shifting");
            fields.mustNotBeSet("invert_sigmas");
            return new Settings(
                    fields.numTrainTimesteps(),
                    fields.number("shift", Double.MIN_NORMAL, Float.MAX_VALUE, 1),
                    fields.number("shift_terminal", 0, Math.nextDown(1.0), 0),
                    SigmaSpacing.read(fields),
                    fields.flag("stochastic_sampling", false));
        }

        @Override
        public Scheduler create(int steps) {
            double[] sigmas = sigmas(steps);
            double[] timesteps = new double[steps];
            for (int i = 0; i < steps; i++) {
                timesteps[i] = (float) sigmas[i] * numTrainTimesteps;
            }
            return new FlowMatchEulerDiscreteScheduler(this, new SigmaSchedule(timesteps, sigmas).ending(0));
        }

        /** Between the ends of the training, which are moved already, and moved once more, as in diffusers. */
        private double[] sigmas(int steps) {
            double last = (float) FlowShift.shifted(1.0 / numTrainTimesteps, shift) * (double) numTrainTimesteps;
            double[] sigmas = TimestepSpacing.evenly(numTrainTimesteps, last, steps);
            for (int i = 0; i < steps; i++) {
                sigmas[i] = FlowShift.shifted(sigmas[i] / numTrainTimesteps, shift);
            }
            double[] stretched = shiftTerminal > 0 ? FlowShift.stretched(sigmas, shiftTerminal) : sigmas;
            return sigmaSpacing.followsTimesteps() ? stretched : sigmaSpacing.respaced(stretched, steps);
        }
    }

    private final boolean stochasticSampling;
    /** One a step, and 0, which the last step leads to. */
    private final double[] sigmas;

    private FlowMatchEulerDiscreteScheduler(Settings settings, SigmaSchedule schedule) {
        super(Timesteps.floats(schedule.timesteps()));
        this.stochasticSampling = settings.stochasticSampling();
        this.sigmas = schedule.sigmas();
    }

    @Override
    float[] next(float[] modelOutput, int index, float[] sample, NoiseSource noise) {
        double sigma = sigmas[index];
        double nextSigma = sigmas[index + 1];
        if (!stochasticSampling) {
            return WeightedSum.of(1, sample, nextSigma - sigma, modelOutput);
        }
        double kept = 1 - nextSigma;
        return WeightedSum.of(kept, sample, -kept * sigma, modelOutput, nextSigma, noise.next(sample.length));
    }

    @Override
    public float[] addNoise(float[] original, float[] noise, int index) {
        return NoiseProcess.FLOW.addNoise(original, noise, sigmas[Objects.checkIndex(index, sigmas.length - 1)]);
    }
}
