package sc.fiji.diffusion.engine.scheduler;

import java.util.Set;

/**
 * Fields that the classes from k-diffusion share: Euler, Heun, LMS and DPM2.
 *
 * @param stepsOffset what is added to the timesteps with leading spacing
 */
record SigmaSettings(
        TrainingNoise trainingNoise,
        PredictionType predictionType,
        TimestepSpacing spacing,
        int stepsOffset,
        SigmaSpacing sigmaSpacing) {

    static SigmaSettings read(ConfigFields fields, TrainingNoise trainingNoise, Set<PredictionType> known) {
        return new SigmaSettings(
                trainingNoise,
                PredictionType.read(fields, known),
                TimestepSpacing.read(fields, TimestepSpacing.LINSPACE),
                TimestepSpacing.readOffset(fields),
                SigmaSpacing.read(fields));
    }

    /** Of each timestep of the training, rising. */
    float[] trainingSigmas() {
        return Sigmas.ofTraining(trainingNoise.alphasCumprodAboveZero());
    }

    /** The timesteps of a run as they are spaced, before sigmas move them. */
    double[] spacedTimesteps(int steps) {
        return Timesteps.single(spacing.timesteps(steps, trainingNoise.numTrainTimesteps(), stepsOffset));
    }

    /** Without the sigma that the last step leads to; timesteps are not rounded. */
    SigmaSchedule schedule(int steps) {
        double[] spaced = spacedTimesteps(steps);
        return respaced(spaced, Sigmas.interpolated(spaced, trainingSigmas()), steps);
    }

    /** @param sigmas in whose range those of the run lie */
    SigmaSchedule respaced(double[] timesteps, double[] sigmas, int steps) {
        if (sigmaSpacing.followsTimesteps()) {
            return new SigmaSchedule(timesteps, sigmas);
        }
        double[] running = sigmaSpacing.respaced(sigmas, steps);
        return new SigmaSchedule(Sigmas.toTimesteps(running, trainingSigmas()), running);
    }
}
