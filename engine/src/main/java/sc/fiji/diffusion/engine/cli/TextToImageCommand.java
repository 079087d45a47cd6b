package sc.fiji.diffusion.engine.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.job.WatermarkedResult;
import sc.fiji.diffusion.engine.pipeline.ControlImage;
import sc.fiji.diffusion.engine.pipeline.DiffusionPipeline;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.engine.scheduler.SchedulerChoice;

/** {@code diffuse txt2img}. */
@Command(
        name = "txt2img",
        description = "Makes images from a text.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", ImageOutput.BATCH_FOOTER})
final class TextToImageCommand implements Callable<Integer> {

    @ParentCommand
    private Diffuse diffuse;

    @Mixin
    private GenerationOptions options;

    @Mixin
    private ControlOptions controls;

    @Mixin
    private SizeOptions size;

    @Override
    public Integer call() throws IOException {
        SchedulerChoice choice = options.checked();
        List<ControlImage> controlImages = options.checked(controls::images);
        Checkpoint checkpoint = options.open();
        TextToImageRequest request = options.request(
                        checkpoint, choice, size.width(checkpoint), size.height(checkpoint))
                .withControlImages(controlImages);
        options.noteSize(checkpoint, request);
        Progress progress = diffuse.progress();
        try (DiffusionPipeline pipeline = options.pipeline(checkpoint, request, controls.open(), progress)) {
            options.write(WatermarkedResult.of(pipeline.textToImage(request, progress), request));
        }
        return 0;
    }
}
