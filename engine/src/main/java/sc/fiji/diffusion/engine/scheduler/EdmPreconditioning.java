package sc.fiji.diffusion.engine.scheduler;

/**
 * How a network is wrapped whose training followed Karras et al. (2022), arXiv 2206.00364, Table 1, and the sigmas of its
 * runs: fields that {@code EDMEulerScheduler} and {@code EDMDPMSolverMultistepScheduler} share.
 *
 * @param sigmaMin the smallest sigma of a run
 * @param sigmaMax the largest
 * @param sigmaData the standard deviation of clean samples
 * @param spacing Karras or exponential
 * @param predictionType epsilon or v_prediction, which answers with the other sign
 * @param rho how much denser small sigmas lie, with Karras's
 */
record EdmPreconditioning(
        double sigmaMin,
        double sigmaMax,
        double sigmaData,
        Spacing spacing,
        int numTrainTimesteps,
        PredictionType predictionType,
        double rho,
        FinalSigma finalSigma) {

    enum Spacing implements ConfigFields.Word {
        KARRAS,
        EXPONENTIAL;

        private SigmaSpacing.Kind kind() {
            return this == KARRAS ? SigmaSpacing.Kind.KARRAS : SigmaSpacing.Kind.EXPONENTIAL;
        }
    }

    static EdmPreconditioning read(ConfigFields fields) {
        double largest = fields.number("sigma_max", Double.MIN_NORMAL, Float.MAX_VALUE, 80);
        return new EdmPreconditioning(
                fields.number("sigma_min", Double.MIN_NORMAL, largest, 0.002),
                largest,
                fields.number("sigma_data", Double.MIN_NORMAL, Float.MAX_VALUE, 0.5),
                fields.word("sigma_schedule", Spacing.class, Spacing.KARRAS),
                fields.numTrainTimesteps(),
                PredictionType.read(fields, PredictionType.WITHOUT_SAMPLE),
                fields.number("rho", Double.MIN_NORMAL, Float.MAX_VALUE, 7),
                FinalSigma.read(fields));
    }

    /** Timesteps are a quarter of the sigmas' logarithms. */
    SigmaSchedule schedule(int steps) {
        double[] sigmas = SigmaSpacing.spaced(spacing.kind(), sigmaMax, sigmaMin, rho, steps);
        double[] timesteps = new double[steps];
        for (int i = 0; i < steps; i++) {
            timesteps[i] = Math.log(sigmas[i]) / 4;
        }
        return new SigmaSchedule(timesteps, sigmas).ending(finalSigma == FinalSigma.ZERO ? 0 : sigmaMin);
    }

    float initNoiseSigma() {
        return (float) Math.sqrt(sigmaMax * sigmaMax + 1);
    }

    /** The sample as the network wants to see it. */
    float[] scaled(float[] sample, double sigma) {
        return WeightedSum.scaled(1 / Math.hypot(sigma, sigmaData), sample);
    }

    /** The clean sample that the network's answer stands for. */
    float[] original(float[] modelOutput, float[] sample, double sigma) {
        double variance = sigma * sigma + sigmaData * sigmaData;
        double gain = sigma * sigmaData / Math.sqrt(variance);
        double signed = predictionType == PredictionType.EPSILON ? gain : -gain;
        return WeightedSum.of(sigmaData * sigmaData / variance, sample, signed, modelOutput);
    }
}
