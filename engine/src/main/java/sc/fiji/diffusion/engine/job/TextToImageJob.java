package sc.fiji.diffusion.engine.job;

import java.util.List;
import java.util.Objects;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.pipeline.DiffusionPipeline;
import sc.fiji.diffusion.engine.pipeline.GenerationResult;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;

/**
 * A request, and the model that it is for.
 *
 * @param model the name of a model, or the path of its folder
 * @param controlNets the paths of the ControlNets that steer it, one for each of the request's control images
 * @param request what to make
 */
public record TextToImageJob(String model, List<String> controlNets, TextToImageRequest request)
        implements DiffusionJob<GenerationResult> {

    public TextToImageJob {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(request, "request");
        controlNets = List.copyOf(controlNets);
    }

    /** Without ControlNets. */
    public TextToImageJob(String model, TextToImageRequest request) {
        this(model, List.of(), request);
    }

    @Override
    public TextToImageRequest settings() {
        return request;
    }

    @Override
    public Class<GenerationResult> resultType() {
        return GenerationResult.class;
    }

    @Override
    public GenerationResult run(DiffusionPipeline pipeline, Progress progress) {
        return WatermarkedResult.of(pipeline.textToImage(request, progress), settings());
    }
}
