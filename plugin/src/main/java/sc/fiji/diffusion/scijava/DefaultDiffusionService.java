package sc.fiji.diffusion.scijava;

import ij.ImagePlus;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.service.AbstractService;
import org.scijava.service.Service;
import org.scijava.task.TaskService;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.pipeline.GenerationResult;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.job.DiffusionJobs;
import sc.fiji.diffusion.job.Seeds;
import sc.fiji.diffusion.job.TextToImageJob;
import sc.fiji.diffusion.result.ResultStack;

/** Hands jobs to the core that ImageJ's commands use, so that both share one open model. */
@Plugin(type = Service.class)
public final class DefaultDiffusionService extends AbstractService implements DiffusionService {

    @Parameter
    private TaskService tasks;

    @Override
    public ImagePlus textToImage(String prompt) {
        Checkpoint checkpoint = Checkpoint.open(Models.locate(Models.EMBEDDED));
        TextToImageRequest request = TextToImageRequest.of(prompt, checkpoint.nativeSize(), checkpoint.nativeSize())
                .withGuidanceScale(checkpoint.guidanceScale())
                .withSeed(Seeds.resolve(Seeds.RANDOM));
        return textToImage(Models.EMBEDDED, request);
    }

    @Override
    public ImagePlus textToImage(String model, TextToImageRequest request) {
        GenerationResult result;
        try (TaskProgress progress = new TaskProgress(tasks.createTask("Text to Image"))) {
            result = DiffusionJobs.shared().run(new TextToImageJob(model, request), progress);
        }
        return ResultStack.newImage(result);
    }

    @Override
    public void closeModel() {
        DiffusionJobs.shared().closeModel();
    }
}
