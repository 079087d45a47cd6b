package sc.fiji.diffusion.engine.scheduler;

import sc.fiji.diffusion.engine.RequestException;

/** The timesteps of models that were distilled on some timesteps of the training: a run takes of those only. */
final class ConsistencyTimesteps {

    private ConsistencyTimesteps() {}

    static int readOriginalSteps(ConfigFields fields) {
        return fields.integer("original_inference_steps", 1, fields.numTrainTimesteps(), 50);
    }

    /**
     * Falling, evenly over those of the distillation.
     *
     * @param originalSteps how many timesteps the distillation had
     * @throws RequestException if it had fewer than {@code steps}, or the training fewer than it
     */
    static int[] of(int steps, int originalSteps, int numTrainTimesteps) {
        if (originalSteps > numTrainTimesteps) {
            throw new RequestException("scheduler: original_inference_steps: expected at most num_train_timesteps, "
                    + numTrainTimesteps + ", found " + originalSteps);
        }
        if (steps > originalSteps) {
            throw new RequestException("steps: expected at most " + originalSteps
                    + ", as many as the model was distilled on (original_inference_steps), found " + steps);
        }
        int stride = numTrainTimesteps / originalSteps;
        double spacing = (double) originalSteps / steps;
        int[] timesteps = new int[steps];
        for (int i = 0; i < steps; i++) {
            timesteps[i] = (originalSteps - (int) (i * spacing)) * stride - 1;
        }
        return timesteps;
    }
}
