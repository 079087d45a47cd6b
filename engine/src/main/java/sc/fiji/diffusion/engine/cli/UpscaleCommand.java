package sc.fiji.diffusion.engine.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.image.ImageFile;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.engine.job.WatermarkedResult;
import sc.fiji.diffusion.engine.pipeline.DiffusionPipeline;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.engine.scheduler.SchedulerChoice;
import sc.fiji.diffusion.engine.upscale.ScaledSize;
import sc.fiji.diffusion.engine.upscale.UpscaleRequest;
import sc.fiji.diffusion.engine.upscale.Upscaler;

/** {@code diffuse upscale}. */
@Command(
        name = "upscale",
        description = "Makes a larger image from an image, with details that fit a text, tile by tile.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "The details are invented, not measured: the image holds none finer than its own pixels.",
            ImageOutput.BATCH_FOOTER
        })
final class UpscaleCommand implements Callable<Integer> {

    @ParentCommand
    private Diffuse diffuse;

    @Option(
            names = "--image",
            required = true,
            paramLabel = "FILE",
            description = "What to enlarge: PNG, JPEG, BMP, GIF or TIFF.")
    private Path image;

    @Option(
            names = "--scale",
            paramLabel = "X",
            description = "How many times as wide and high (default: " + ScaledSize.DEFAULT_SCALE + ").")
    private Optional<Double> scale;

    @Option(
            names = "--width",
            paramLabel = "N",
            description = "In pixels, instead of --scale (default: as the height says).")
    private Optional<Integer> width;

    @Option(
            names = "--height",
            paramLabel = "N",
            description = "In pixels, instead of --scale (default: as the width says).")
    private Optional<Integer> height;

    @Option(
            names = "--strength",
            paramLabel = "X",
            defaultValue = "" + UpscaleRequest.DEFAULT_STRENGTH,
            description = "How much to change, above 0 and up to 1 (default: ${DEFAULT-VALUE}).")
    private double strength;

    @Option(
            names = "--tile-overlap",
            paramLabel = "X",
            defaultValue = "" + UpscaleRequest.DEFAULT_OVERLAP,
            description = "The share of a tile that the next one covers too, 0 to 0.5 (default: ${DEFAULT-VALUE}).")
    private double overlap;

    @Mixin
    private GenerationOptions options;

    @Override
    public Integer call() throws IOException {
        SchedulerChoice choice = options.checked();
        RgbImage original = ImageFile.read(image);
        Size size = options.checked(() -> size(new Size(original.width(), original.height())));
        Checkpoint checkpoint = options.open();
        TextToImageRequest settings = options.request(checkpoint, choice, size.width(), size.height());
        UpscaleRequest request = options.checked(() -> new UpscaleRequest(settings, original, strength, overlap));
        Progress progress = diffuse.progress();
        try (DiffusionPipeline pipeline = options.pipeline(checkpoint, settings, List.of(), progress)) {
            options.write(WatermarkedResult.of(new Upscaler(pipeline).upscale(request, progress), request.settings()));
        }
        return 0;
    }

    private Size size(Size original) {
        if (width.isEmpty() && height.isEmpty()) {
            return ScaledSize.of(original, scale.orElse(ScaledSize.DEFAULT_SCALE));
        }
        if (scale.isPresent()) {
            throw new RequestException("scale: expected --scale, or --width and --height, found both");
        }
        return ScaledSize.of(original, pixels(width), pixels(height));
    }

    private static OptionalInt pixels(Optional<Integer> pixels) {
        return pixels.isPresent() ? OptionalInt.of(pixels.get()) : OptionalInt.empty();
    }
}
