package sc.fiji.diffusion.engine.replay;

import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.Resampling;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.engine.inpaint.InpaintRecipe;
import sc.fiji.diffusion.engine.inpaint.InpaintedSelection;
import sc.fiji.diffusion.engine.inpaint.SelectionInpainter;
import sc.fiji.diffusion.engine.inpaint.SelectionRequest;
import sc.fiji.diffusion.engine.pipeline.BlendRequest;
import sc.fiji.diffusion.engine.pipeline.DiffusionPipeline;
import sc.fiji.diffusion.engine.pipeline.GenerationResult;
import sc.fiji.diffusion.engine.pipeline.ImageToImageRequest;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.engine.provenance.Source;
import sc.fiji.diffusion.engine.provenance.Task;
import sc.fiji.diffusion.engine.upscale.UpscaleRequest;
import sc.fiji.diffusion.engine.upscale.Upscaler;

/** Does what was done before, with an open model. */
public final class Replayer {

    private final DiffusionPipeline pipeline;

    /** @param pipeline stays the caller's to close */
    public Replayer(DiffusionPipeline pipeline) {
        this.pipeline = pipeline;
    }

    /**
     * Makes the picture again; what the pipeline throws, this throws too.
     *
     * @return the picture, and how it is to be laid over the source: wholly, but for inpainting
     */
    public InpaintedSelection replay(ReplayRequest request, Progress progress) {
        Task task = request.made().task();
        if (task instanceof Task.TextToImage) {
            return whole(pipeline.textToImage(request.settings(), progress));
        }
        if (task instanceof Task.Blend blend) {
            return whole(pipeline.blend(new BlendRequest(request.settings(), blend.kind(), blend.images()), progress));
        }
        RgbImage source = request.source().orElseThrow();
        if (task instanceof Task.Inpainting inpainting) {
            InpaintRecipe recipe = inpainting.recipe().map(InpaintRecipe::of).orElseGet(InpaintRecipe::plain);
            return new SelectionInpainter(pipeline)
                    .inpaint(
                            new SelectionRequest(
                                    request.settings(),
                                    source,
                                    request.mask().orElseThrow(),
                                    inpainting.noise(),
                                    recipe),
                            progress);
        }
        if (task instanceof Task.Upscaling upscaling) {
            return whole(new Upscaler(pipeline)
                    .upscale(
                            new UpscaleRequest(request.settings(), source, upscaling.noise(), upscaling.overlap()),
                            progress));
        }
        return whole(imageToImage(request, source, progress));
    }

    private GenerationResult imageToImage(ReplayRequest request, RgbImage source, Progress progress) {
        Task task = request.made().task();
        double strength = task.strength().orElse(ImageToImageRequest.DEFAULT_STRENGTH);
        double imageGuidance = task instanceof Task.Instruction instruction
                ? instruction.imageGuidanceScale()
                : ImageToImageRequest.DEFAULT_IMAGE_GUIDANCE_SCALE;
        Size work = request.made().sampling().work();
        Size size = request.made().sampling().size();
        TextToImageRequest settings = request.settings().withSize(work.width(), work.height());
        RgbImage scaled = Resampling.resized(source, work.width(), work.height());
        return pipeline.imageToImage(new ImageToImageRequest(settings, scaled, strength, imageGuidance), progress)
                .resized(size.width(), size.height())
                .with(provenance -> provenance.withSource(Source.of(source)));
    }

    private static InpaintedSelection whole(GenerationResult result) {
        RgbImage image = result.images().get(0).image();
        return new InpaintedSelection(result, Mask.everything(image.width(), image.height()));
    }
}
