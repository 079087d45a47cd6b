package sc.fiji.diffusion.engine.scheduler;

/** How much noise is left after the last step. */
enum FinalSigma implements ConfigFields.Word {
    /** None. */
    ZERO,
    /** As much as at timestep 0. */
    SIGMA_MIN;

    static FinalSigma read(ConfigFields fields) {
        return fields.word("final_sigmas_type", FinalSigma.class, ZERO);
    }

    double of(float[] trainingSigmas) {
        return this == ZERO ? 0 : trainingSigmas[0];
    }
}
