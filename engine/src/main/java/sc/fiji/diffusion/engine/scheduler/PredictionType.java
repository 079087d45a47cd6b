package sc.fiji.diffusion.engine.scheduler;

/** What a model was trained to answer. */
enum PredictionType implements ConfigFields.Word {
    /** The noise. */
    EPSILON,
    /** The clean sample. */
    SAMPLE,
    /** The velocity of Salimans and Ho (2022): {@code alpha * noise - sigma * sample}. */
    V_PREDICTION;

    static PredictionType read(ConfigFields fields) {
        return fields.word("prediction_type", PredictionType.class, EPSILON);
    }
}
