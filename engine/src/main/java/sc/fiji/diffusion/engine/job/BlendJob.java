package sc.fiji.diffusion.engine.job;

import java.util.Objects;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.pipeline.BlendRequest;
import sc.fiji.diffusion.engine.pipeline.DiffusionPipeline;
import sc.fiji.diffusion.engine.pipeline.GenerationResult;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;

/**
 * A request for images between others, and the model that it is for.
 *
 * @param model the name of a model, or the path of its folder
 * @param request what to make
 */
public record BlendJob(String model, BlendRequest request) implements DiffusionJob<GenerationResult> {

    public BlendJob {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(request, "request");
    }

    @Override
    public TextToImageRequest settings() {
        return request.settings();
    }

    @Override
    public Class<GenerationResult> resultType() {
        return GenerationResult.class;
    }

    @Override
    public GenerationResult run(DiffusionPipeline pipeline, Progress progress) {
        return WatermarkedResult.of(pipeline.blend(request, progress), settings());
    }
}
