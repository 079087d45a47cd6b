package sc.fiji.diffusion.engine.job;

import java.util.List;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.pipeline.DiffusionPipeline;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;

/**
 * Something for a model to do. Jobs and what comes of them are values, so that they can be handed to another process.
 *
 * @param <T> what comes of it
 */
public sealed interface DiffusionJob<T>
        permits TextToImageJob, ImageToImageJob, InpaintJob, UpscaleJob, BlendJob, ReplayJob {

    /** The name of a model, or the path of its folder. */
    String model();

    /** The paths of the ControlNets that steer the model; a request then carries a picture for each. */
    default List<String> controlNets() {
        return List.of();
    }

    /** What all jobs have in common; its prompts name the LoRAs and textual inversions that the model is opened with. */
    TextToImageRequest settings();

    /** What comes of it. */
    Class<T> resultType();

    /** Does it, on the calling thread. */
    T run(DiffusionPipeline pipeline, Progress progress);
}
