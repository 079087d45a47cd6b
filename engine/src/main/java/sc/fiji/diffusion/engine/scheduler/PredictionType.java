package sc.fiji.diffusion.engine.scheduler;

import java.util.EnumSet;
import java.util.Set;

/**
 * What a model was trained to answer. Below, a sample is {@code alpha * clean + sigma * noise}; {@code alpha^2 + sigma^2}
 * is 1, except with {@link #FLOW_PREDICTION}, where {@code alpha + sigma} is.
 */
enum PredictionType implements ConfigFields.Word {
    /** The noise. */
    EPSILON,
    /** The clean sample. */
    SAMPLE,
    /** The velocity of Salimans and Ho (2022), arXiv 2202.00512: {@code alpha * noise - sigma * clean}. */
    V_PREDICTION,
    /** The velocity of rectified flow (Liu et al. 2022, arXiv 2209.03003): {@code noise - clean}. */
    FLOW_PREDICTION;

    /** Those that a class of schedulers for models with betas knows. */
    static final Set<PredictionType> USUAL = Set.copyOf(EnumSet.of(EPSILON, SAMPLE, V_PREDICTION));

    /** Of classes that can't do with the clean sample. */
    static final Set<PredictionType> WITHOUT_SAMPLE = Set.copyOf(EnumSet.of(EPSILON, V_PREDICTION));

    static PredictionType read(ConfigFields fields, Set<PredictionType> known) {
        return fields.word("prediction_type", PredictionType.class, known, EPSILON);
    }

    /** The clean sample that the model's answer stands for. */
    float[] original(float[] modelOutput, float[] sample, double alpha, double sigma) {
        return switch (this) {
            case EPSILON -> WeightedSum.of(1 / alpha, sample, -sigma / alpha, modelOutput);
            case SAMPLE -> modelOutput.clone();
            case V_PREDICTION -> WeightedSum.of(alpha, sample, -sigma, modelOutput);
            case FLOW_PREDICTION -> WeightedSum.of(1, sample, -sigma, modelOutput);
        };
    }

    /** The noise that the model's answer stands for. */
    float[] epsilon(float[] modelOutput, float[] sample, double alpha, double sigma) {
        return switch (this) {
            case EPSILON -> modelOutput.clone();
            case SAMPLE -> WeightedSum.of(1 / sigma, sample, -alpha / sigma, modelOutput);
            case V_PREDICTION -> WeightedSum.of(alpha, modelOutput, sigma, sample);
            case FLOW_PREDICTION -> WeightedSum.of(1, sample, alpha, modelOutput);
        };
    }
}
