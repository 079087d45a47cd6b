package sc.fiji.diffusion.engine.scheduler;

import java.util.function.DoubleBinaryOperator;

/**
 * Noise levels of a run, and those in the middle of its steps: half the way in the logarithm.
 *
 * @param timesteps of both, in the order in which the model is called; the last step has no middle
 * @param sigmas at which steps begin, and 0, which the last step leads to
 * @param middles one a step; that of the last is 0
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record MidpointSchedule(float[] timesteps, double[] sigmas, double... middles) {

    /** @param target where a step leads to without fresh noise, from its beginning and its end */
    static MidpointSchedule of(SigmaSettings settings, int steps, DoubleBinaryOperator target) {
        SigmaSchedule schedule = settings.schedule(steps).ending(0);
        double[] sigmas = schedule.sigmas();
        double[] middles = new double[steps];
        for (int step = 0; step < steps - 1; step++) {
            middles[step] = Math.sqrt(sigmas[step] * target.applyAsDouble(sigmas[step], sigmas[step + 1]));
        }
        boolean rounds = settings.sigmaSpacing().kind() == SigmaSpacing.Kind.KARRAS;
        double[] begun = schedule.timesteps();
        double[] halfway = Sigmas.toTimesteps(middles, settings.trainingSigmas());
        float[] timesteps = new float[2 * steps - 1];
        for (int step = 0; step < steps; step++) {
            timesteps[2 * step] = (float) (rounds ? Math.rint(begun[step]) : begun[step]);
            if (step < steps - 1) {
                timesteps[2 * step + 1] = (float) halfway[step];
            }
        }
        return new MidpointSchedule(timesteps, sigmas, middles);
    }

    double middle(int step) {
        return middles[step];
    }

    /** The noise in the sample that the model is shown at an index. */
    double modelSigma(int index) {
        return index % 2 == 0 ? sigmas[index / 2] : middles[index / 2];
    }
}
