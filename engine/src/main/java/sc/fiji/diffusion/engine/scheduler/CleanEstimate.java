package sc.fiji.diffusion.engine.scheduler;

import java.util.EnumSet;

/**
 * What a sample would be without its noise, by the model's answer at a step: for people to look at while a scheduler
 * runs. How much of the sample is noise then, it learns from {@link Scheduler#addNoise}.
 */
public final class CleanEstimate {

    /** Below this share of the sample, what is clean in it is lost in rounding. */
    private static final double LEAST_CLEAN = 1e-3;

    /** Null where the model's answer stands for something else. */
    private final PredictionType type;

    /** For the runs of a configuration's schedulers. */
    public CleanEstimate(SchedulerConfig config) {
        PredictionType usual = config.type() == SchedulerType.FLOW_MATCH_EULER
                ? PredictionType.FLOW_PREDICTION
                : PredictionType.EPSILON;
        boolean preconditioned =
                config.type() == SchedulerType.EDM_EULER || config.type() == SchedulerType.EDM_DPM_SOLVER_MULTISTEP;
        type = preconditioned
                ? null
                : new ConfigFields(config.json(), config.source())
                        .word("prediction_type", PredictionType.class, EnumSet.allOf(PredictionType.class), usual);
    }

    /**
     * The estimate; where there is none, the sample itself, as strong as a clean one. Changes nothing.
     *
     * @param scheduler of the run
     * @param index of the timestep
     * @param sample before the step, unscaled
     * @param modelOutput the model's answer at the step, after guidance
     */
    public float[] of(Scheduler scheduler, int index, float[] sample, float[] modelOutput) {
        double clean = scheduler.addNoise(new float[] {1}, new float[] {0}, index)[0];
        double noise = scheduler.addNoise(new float[] {0}, new float[] {1}, index)[0];
        // Where the clean sample is added as it is, whatever the noise, models see both divided by this.
        double strength = type == PredictionType.FLOW_PREDICTION ? 1 : Math.hypot(clean, noise);
        float[] seen = WeightedSum.scaled(1 / strength, sample);
        boolean lost = type == PredictionType.EPSILON && clean / strength < LEAST_CLEAN;
        return type == null || lost ? seen : type.original(modelOutput, seen, clean / strength, noise / strength);
    }
}
