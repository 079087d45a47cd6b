package sc.fiji.diffusion.engine.job;

import java.util.Objects;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.inpaint.InpaintedSelection;
import sc.fiji.diffusion.engine.inpaint.SelectionInpainter;
import sc.fiji.diffusion.engine.inpaint.SelectionRequest;
import sc.fiji.diffusion.engine.pipeline.DiffusionPipeline;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;

/**
 * A request to make a selection anew, and the model that it is for.
 *
 * @param model the name of a model, or the path of its folder
 * @param request what to make
 */
public record InpaintJob(String model, SelectionRequest request) implements DiffusionJob<InpaintedSelection> {

    public InpaintJob {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(request, "request");
    }

    @Override
    public TextToImageRequest settings() {
        return request.settings();
    }

    @Override
    public Class<InpaintedSelection> resultType() {
        return InpaintedSelection.class;
    }

    @Override
    public InpaintedSelection run(DiffusionPipeline pipeline, Progress progress) {
        return WatermarkedResult.of(new SelectionInpainter(pipeline).inpaint(request, progress), settings());
    }
}
