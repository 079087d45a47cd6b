package sc.fiji.diffusion.engine.job;

import java.util.List;
import java.util.Objects;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.inpaint.InpaintedSelection;
import sc.fiji.diffusion.engine.pipeline.DiffusionPipeline;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.engine.replay.ReplayRequest;
import sc.fiji.diffusion.engine.replay.Replayer;

/**
 * A request to make a picture again, and the model that it is for.
 *
 * @param model the name of a model, or the path of its folder
 * @param controlNets the paths of the ControlNets that steer it, one for each of the request's control images
 * @param request what to make
 */
public record ReplayJob(String model, List<String> controlNets, ReplayRequest request)
        implements DiffusionJob<InpaintedSelection> {

    public ReplayJob {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(request, "request");
        controlNets = List.copyOf(controlNets);
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
        return WatermarkedResult.of(new Replayer(pipeline).replay(request, progress), request);
    }
}
