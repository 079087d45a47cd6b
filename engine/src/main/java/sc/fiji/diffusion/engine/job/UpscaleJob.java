package sc.fiji.diffusion.engine.job;

import java.util.Objects;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.pipeline.DiffusionPipeline;
import sc.fiji.diffusion.engine.pipeline.GenerationResult;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.engine.upscale.UpscaleRequest;
import sc.fiji.diffusion.engine.upscale.Upscaler;

/**
 * A request for a picture in another size, and the model that it is for.
 *
 * @param model the name of a model, or the path of its folder
 * @param request what to make
 */
public record UpscaleJob(String model, UpscaleRequest request) implements DiffusionJob<GenerationResult> {

    public UpscaleJob {
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
        return WatermarkedResult.of(new Upscaler(pipeline).upscale(request, progress), settings());
    }
}
