package sc.fiji.diffusion.engine.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.image.ImageFile;
import sc.fiji.diffusion.engine.image.Resampling;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.job.WatermarkedResult;
import sc.fiji.diffusion.engine.pipeline.ControlImage;
import sc.fiji.diffusion.engine.pipeline.DiffusionPipeline;
import sc.fiji.diffusion.engine.pipeline.ImageToImageRequest;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.engine.provenance.Source;
import sc.fiji.diffusion.engine.scheduler.SchedulerChoice;

/** {@code diffuse img2img}. */
@Command(
        name = "img2img",
        description = "Makes images from an image and a text.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {"", ImageOutput.BATCH_FOOTER})
final class ImageToImageCommand implements Callable<Integer> {

    @ParentCommand
    private Diffuse diffuse;

    @Option(
            names = "--image",
            required = true,
            paramLabel = "FILE",
            description = "Where to begin: PNG, JPEG, BMP, GIF or TIFF.")
    private Path image;

    @Option(
            names = "--strength",
            paramLabel = "X",
            defaultValue = "" + ImageToImageRequest.DEFAULT_STRENGTH,
            description = "How much to change, above 0 and up to 1 (default: ${DEFAULT-VALUE}).")
    private double strength;

    @Option(
            names = "--image-guidance",
            paramLabel = "X",
            defaultValue = "" + ImageToImageRequest.DEFAULT_IMAGE_GUIDANCE_SCALE,
            description = "How closely to keep to the image, from 1 up (default: ${DEFAULT-VALUE}). For models that"
                    + " follow instructions (InstructPix2Pix), in which the strength plays no part.")
    private double imageGuidance;

    @Mixin
    private GenerationOptions options;

    @Mixin
    private ControlOptions controls;

    @Option(names = "--width", paramLabel = "N", description = "Scale the image to that width (default: its own).")
    private Optional<Integer> width;

    @Option(names = "--height", paramLabel = "N", description = "Scale the image to that height (default: its own).")
    private Optional<Integer> height;

    @Override
    public Integer call() throws IOException {
        SchedulerChoice choice = options.checked();
        List<ControlImage> controlImages = options.checked(controls::images);
        RgbImage original = ImageFile.read(image);
        Checkpoint checkpoint = options.open();
        TextToImageRequest settings = options.request(
                        checkpoint, choice, width.orElseGet(original::width), height.orElseGet(original::height))
                .withControlImages(controlImages);
        RgbImage scaled = Resampling.resized(original, settings.width(), settings.height());
        ImageToImageRequest request =
                options.checked(() -> new ImageToImageRequest(settings, scaled, strength, imageGuidance));
        Progress progress = diffuse.progress();
        try (DiffusionPipeline pipeline = options.pipeline(checkpoint, settings, controls.open(), progress)) {
            options.write(WatermarkedResult.of(pipeline.imageToImage(request, progress), request.settings())
                    .with(provenance -> provenance.withSource(Source.of(original))));
        }
        return 0;
    }
}
