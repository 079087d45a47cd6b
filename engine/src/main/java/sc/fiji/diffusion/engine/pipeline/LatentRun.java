package sc.fiji.diffusion.engine.pipeline;

import java.util.OptionalDouble;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.scheduler.NoiseSource;
import sc.fiji.diffusion.engine.tensor.Tensor;

/** What differs between the pipelines: how one image's latents begin, and what holds them while they are denoised. */
interface LatentRun {

    /** How many of the steps are left out at the beginning. */
    int stepsLeftOut();

    /** How far to go towards the picture, in models that are guided by text and picture; empty in others. */
    default OptionalDouble imageGuidanceScale() {
        return OptionalDouble.empty();
    }

    /**
     * One image's final latents.
     *
     * @param loop with a scheduler of its own
     * @param noise the image's; drawn from in the order of diffusers' pipeline, so that seeds mean the same
     */
    Tensor denoise(DenoisingLoop loop, NoiseSource noise, Progress progress, DenoisingLoop.StepListener listener);
}
