package sc.fiji.diffusion.engine.job;

import java.util.List;
import java.util.Objects;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.image.InpaintGeometry;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.Resampling;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.engine.pipeline.DiffusionPipeline;
import sc.fiji.diffusion.engine.pipeline.GenerationResult;
import sc.fiji.diffusion.engine.pipeline.ImageToImageRequest;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.engine.provenance.Source;

/**
 * A request to make an image anew from another one, and the model that it is for. The model works in the size that suits
 * it, and what it makes is brought to the image's.
 *
 * @param model the name of a model, or the path of its folder
 * @param controlNets the paths of the ControlNets that steer it, one for each of the request's control images
 * @param request what to make
 */
public record ImageToImageJob(String model, List<String> controlNets, ImageToImageRequest request)
        implements DiffusionJob<GenerationResult> {

    public ImageToImageJob {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(request, "request");
        controlNets = List.copyOf(controlNets);
    }

    /** Without ControlNets. */
    public ImageToImageJob(String model, ImageToImageRequest request) {
        this(model, List.of(), request);
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
        RgbImage image = request.image();
        Size work = InpaintGeometry.workSize(
                new Region(0, 0, image.width(), image.height()),
                pipeline.checkpoint().nativeSize(),
                pipeline.checkpoint().vaeScaleFactor());
        ImageToImageRequest inWorkSize = new ImageToImageRequest(
                request.settings().withSize(work.width(), work.height()),
                Resampling.resized(image, work.width(), work.height()),
                request.strength(),
                request.imageGuidanceScale());
        GenerationResult made = pipeline.imageToImage(inWorkSize, progress)
                .resized(image.width(), image.height())
                .with(provenance -> provenance.withSource(Source.of(image)));
        return WatermarkedResult.of(made, settings());
    }
}
