package sc.fiji.diffusion.engine.cli;

import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.job.WatermarkedResult;
import sc.fiji.diffusion.engine.pipeline.BlendRequest;
import sc.fiji.diffusion.engine.pipeline.DiffusionPipeline;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.engine.scheduler.SchedulerChoice;

/** Makes images between others, and writes them. */
final class BlendRun {

    private BlendRun() {}

    /** @param request of the settings that the options give */
    static int run(
            GenerationOptions options,
            SizeOptions size,
            Function<TextToImageRequest, BlendRequest> request,
            Progress progress)
            throws IOException {
        SchedulerChoice choice = options.checked();
        Checkpoint checkpoint = options.open();
        TextToImageRequest settings =
                options.request(checkpoint, choice, size.width(checkpoint), size.height(checkpoint));
        BlendRequest blend = options.checked(() -> request.apply(settings));
        options.noteSize(checkpoint, blend.settings());
        try (DiffusionPipeline pipeline = options.pipeline(checkpoint, blend.settings(), List.of(), progress)) {
            options.write(WatermarkedResult.of(pipeline.blend(blend, progress), settings));
        }
        return 0;
    }
}
