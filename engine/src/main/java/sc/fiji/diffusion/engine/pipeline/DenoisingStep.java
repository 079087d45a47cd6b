package sc.fiji.diffusion.engine.pipeline;

/**
 * Where in a run the model is asked.
 *
 * @param timestep as the model takes it
 * @param index of the timestep among those that are run, from 0
 * @param count of the timesteps that are run
 */
record DenoisingStep(float timestep, int index, int count) {

    /** Whether the picture is decoded next. */
    boolean isLast() {
        return index == count - 1;
    }
}
