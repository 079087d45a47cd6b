package sc.fiji.diffusion.engine.pipeline;

import sc.fiji.diffusion.engine.tensor.Tensor;

/** What latents are held to while they are denoised. */
interface Constraint {

    /** No constraint: they follow the model alone. */
    Constraint NONE = new Constraint() {};

    /**
     * What the model is given at a step.
     *
     * @param scaled the latents {@code [1, channels, h, w]} as the scheduler scaled them
     * @param rows of the guidance
     * @return {@code [rows, in channels, h, w]}
     */
    default Tensor modelInput(Tensor scaled, int rows) {
        return scaled.repeated(rows);
    }

    /**
     * The latents with which the next step begins.
     *
     * @param sample after a step
     * @param nextIndex of the timestep that comes, or the number of timesteps after the last
     */
    default Tensor afterStep(Tensor sample, int nextIndex) {
        return sample;
    }
}
