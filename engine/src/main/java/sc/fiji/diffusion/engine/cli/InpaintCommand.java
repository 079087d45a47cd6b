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
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.image.Blend;
import sc.fiji.diffusion.engine.image.ImageFile;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.MaskFill;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.inpaint.Crop;
import sc.fiji.diffusion.engine.inpaint.InpaintRecipe;
import sc.fiji.diffusion.engine.inpaint.InpaintedSelection;
import sc.fiji.diffusion.engine.inpaint.SelectionInpainter;
import sc.fiji.diffusion.engine.inpaint.SelectionRequest;
import sc.fiji.diffusion.engine.job.WatermarkedResult;
import sc.fiji.diffusion.engine.pipeline.ControlImage;
import sc.fiji.diffusion.engine.pipeline.DiffusionPipeline;
import sc.fiji.diffusion.engine.pipeline.GeneratedImage;
import sc.fiji.diffusion.engine.pipeline.GenerationResult;
import sc.fiji.diffusion.engine.pipeline.InpaintRequest;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.engine.scheduler.SchedulerChoice;

/** {@code diffuse inpaint}. */
@Command(
        name = "inpaint",
        description = "Makes the masked part of an image anew; the rest stays as it is.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "With --crop off --grow 0 --feather 0 it does what diffusers does: the whole image passes through the model.",
            ImageOutput.BATCH_FOOTER
        })
final class InpaintCommand implements Callable<Integer> {

    @ParentCommand
    private Diffuse diffuse;

    @Option(
            names = "--image",
            required = true,
            paramLabel = "FILE",
            description = "What to change: PNG, JPEG, BMP, GIF or TIFF.")
    private Path image;

    @Option(
            names = "--mask",
            required = true,
            paramLabel = "FILE",
            description = "Where, in the image's size: black stays, white changes.")
    private Path mask;

    @Option(
            names = "--strength",
            paramLabel = "X",
            defaultValue = "" + InpaintRequest.DEFAULT_STRENGTH,
            description = "How much to change, above 0 and up to 1 (default: ${DEFAULT-VALUE}).")
    private double strength;

    @Option(
            names = "--crop",
            paramLabel = "off|auto|N",
            defaultValue = "auto",
            description = "What the model sees: all of the image, the mask with surroundings that suit it, or with N"
                    + " pixels of surroundings (default: ${DEFAULT-VALUE}).")
    private String crop;

    @Option(names = "--grow", paramLabel = "N", description = "Widen the mask for the model (default: 0).")
    private Optional<Integer> grow;

    @Option(names = "--feather", paramLabel = "N", description = "Soften the mask (default: as suits its size).")
    private Optional<Integer> feather;

    @Option(
            names = "--fill",
            paramLabel = "original|blur|surroundings|neutral",
            description = "What lies under the mask when it begins (default: surroundings at strength 1, else"
                    + " original).")
    private Optional<String> fill;

    @Mixin
    private GenerationOptions options;

    @Mixin
    private ControlOptions controls;

    @Override
    public Integer call() throws IOException {
        SchedulerChoice choice = options.checked();
        InpaintRecipe recipe = options.checked(this::recipe);
        List<ControlImage> controlImages = options.checked(controls::images);
        RgbImage original = ImageFile.read(image);
        Mask selection = ImageFile.readMask(mask);
        Checkpoint checkpoint = options.open();
        TextToImageRequest settings = options.request(checkpoint, choice, original.width(), original.height())
                .withControlImages(controlImages);
        SelectionRequest request =
                options.checked(() -> new SelectionRequest(settings, original, selection, strength, recipe));
        Progress progress = diffuse.progress();
        try (DiffusionPipeline pipeline = options.pipeline(checkpoint, settings, controls.open(), progress)) {
            InpaintedSelection inpainted = new SelectionInpainter(pipeline).inpaint(request, progress);
            options.write(laidOver(original, WatermarkedResult.of(inpainted, settings)));
        }
        return 0;
    }

    private InpaintRecipe recipe() {
        return new InpaintRecipe(Crop.parse(crop), pixels(grow), pixels(feather), fill.map(MaskFill::named));
    }

    private static OptionalInt pixels(Optional<Integer> pixels) {
        return pixels.isPresent() ? OptionalInt.of(pixels.get()) : OptionalInt.empty();
    }

    private static GenerationResult laidOver(RgbImage original, InpaintedSelection inpainted) {
        GenerationResult made = inpainted.result();
        List<GeneratedImage> images = made.images().stream()
                .map(image -> new GeneratedImage(Blend.over(original, image.image(), inpainted.blend()), image.seed()))
                .toList();
        return new GenerationResult(images, made.latents(), made.provenance());
    }
}
