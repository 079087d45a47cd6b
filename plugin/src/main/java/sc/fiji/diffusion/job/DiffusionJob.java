package sc.fiji.diffusion.job;

import java.util.List;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.pipeline.DiffusionPipeline;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;

/**
 * Something for a model to do.
 *
 * @param <T> what comes of it
 */
public sealed interface DiffusionJob<T> permits TextToImageJob, ImageToImageJob, InpaintJob, UpscaleJob {

    /** The name of a model, or the path of its folder. */
    String model();

    /** The paths of the ControlNets that steer the model; a request then carries a picture for each. */
    default List<String> controlNets() {
        return List.of();
    }

    /** What all jobs have in common; its prompts name the LoRAs and textual inversions that the model is opened with. */
    TextToImageRequest settings();

    /** Does it, on the engine's thread. */
    T run(DiffusionPipeline pipeline, Progress progress);
}
