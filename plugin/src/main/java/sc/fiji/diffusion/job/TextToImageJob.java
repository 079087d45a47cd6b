package sc.fiji.diffusion.job;

import java.util.Objects;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.pipeline.DiffusionPipeline;
import sc.fiji.diffusion.engine.pipeline.GenerationResult;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;

/**
 * A request, and the model that it is for.
 *
 * @param model the name of a model, or the path of its folder
 * @param request what to make
 */
public record TextToImageJob(String model, TextToImageRequest request) implements DiffusionJob<GenerationResult> {

    public TextToImageJob {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(request, "request");
    }

    @Override
    public GenerationResult run(DiffusionPipeline pipeline, Progress progress) {
        return pipeline.textToImage(request, progress);
    }
}
