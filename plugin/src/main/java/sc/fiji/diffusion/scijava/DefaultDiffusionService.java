package sc.fiji.diffusion.scijava;

import ij.ImagePlus;
import java.util.Optional;
import java.util.function.Function;
import org.scijava.plugin.Parameter;
import org.scijava.plugin.Plugin;
import org.scijava.service.AbstractService;
import org.scijava.service.Service;
import org.scijava.task.TaskService;
import sc.fiji.diffusion.edit.EditOutput;
import sc.fiji.diffusion.edit.EditPlan;
import sc.fiji.diffusion.edit.ImageEditor;
import sc.fiji.diffusion.edit.ImageToImageModel;
import sc.fiji.diffusion.edit.InpaintModel;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.blend.Variations;
import sc.fiji.diffusion.engine.blend.Walk;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.inpaint.InpaintRecipe;
import sc.fiji.diffusion.engine.job.BlendJob;
import sc.fiji.diffusion.engine.job.TextToImageJob;
import sc.fiji.diffusion.engine.pipeline.BlendRequest;
import sc.fiji.diffusion.engine.pipeline.GenerationResult;
import sc.fiji.diffusion.engine.pipeline.ImageToImageRequest;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.job.DiffusionJobs;
import sc.fiji.diffusion.job.Seeds;
import sc.fiji.diffusion.queue.JobQueue;
import sc.fiji.diffusion.result.ResultStack;
import sc.fiji.diffusion.selection.MaskSource;
import sc.fiji.diffusion.selection.SelectedRectangle;
import sc.fiji.diffusion.stack.WritableStack;
import sc.fiji.diffusion.watermark.ChosenWatermark;

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
                .withSeed(Seeds.resolve(Seeds.RANDOM))
                .withWatermark(ChosenWatermark.isOn());
        return textToImage(Models.EMBEDDED, request);
    }

    @Override
    public ImagePlus textToImage(String model, TextToImageRequest request) {
        TextToImageJob job = new TextToImageJob(model, request);
        return ResultStack.newImage(
                inTurn("Text to Image", progress -> DiffusionJobs.shared().run(job, progress)));
    }

    @Override
    public ImagePlus variations(String model, TextToImageRequest picture, Variations variations) {
        return ResultStack.newImage(blended("Variations", new BlendJob(model, BlendRequest.of(picture, variations))));
    }

    @Override
    public ImagePlus interpolate(String model, TextToImageRequest settings, Walk walk) {
        return ResultStack.newFrames(
                blended("Interpolate", new BlendJob(model, BlendRequest.of(settings, walk))),
                ResultStack.USUAL_INTERVAL);
    }

    private GenerationResult blended(String task, BlendJob job) {
        return inTurn(task, progress -> DiffusionJobs.shared().run(job, progress));
    }

    @Override
    public ImagePlus imageToImage(ImagePlus image, String prompt) {
        return imageToImage(image, EditRequest.imageToImage(prompt), EditOutput.NEW);
    }

    @Override
    public ImagePlus imageToImage(ImagePlus image, EditRequest request, EditOutput output) {
        Region region = SelectedRectangle.of(image);
        Mask whole = Mask.of(region, image.getWidth(), image.getHeight());
        EditPlan plan = EditPlan.whole(image, whole, request.part(image), request.vary());
        TextToImageRequest sampling = sampling(request, region.width(), region.height());
        ImageToImageModel model = new ImageToImageModel(
                request.model(),
                sampling,
                request.strength(),
                ImageToImageRequest.DEFAULT_IMAGE_GUIDANCE_SCALE,
                Optional.empty());
        return inTurn("Image to Image", progress -> output.run(image, plan, request.range(), model, progress)
                .orElse(image));
    }

    @Override
    public void inpaint(ImagePlus image, String prompt) {
        inpaint(image, EditRequest.inpaint(prompt), new MaskSource.ActiveSelection(), InpaintRecipe.automatic());
    }

    @Override
    public void inpaint(ImagePlus image, EditRequest request, MaskSource mask, InpaintRecipe recipe) {
        EditPlan plan = EditPlan.of(WritableStack.require(image), mask, request.part(image), request.vary());
        TextToImageRequest sampling = sampling(request, image.getWidth(), image.getHeight());
        InpaintModel model = new InpaintModel(request.model(), sampling, request.strength(), recipe);
        ImageEditor editor = new ImageEditor(image, plan, request.range());
        inTurn("Inpaint Selection", progress -> editor.run(model, progress));
    }

    /** Waits for the commands that began before. */
    private <T> T inTurn(String title, Function<Progress, T> work) {
        try (TaskProgress progress = new TaskProgress(tasks.createTask(title))) {
            return JobQueue.shared().run(title, progress, work);
        }
    }

    private static TextToImageRequest sampling(EditRequest request, int width, int height) {
        return request.sampling().withSize(width, height).withBatchSize(1);
    }

    @Override
    public void closeModel() {
        DiffusionJobs.shared().closeModel();
    }
}
