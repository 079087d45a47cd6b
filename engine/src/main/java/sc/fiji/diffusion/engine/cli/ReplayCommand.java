package sc.fiji.diffusion.engine.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.checkpoint.ControlNetCheckpoint;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.image.Blend;
import sc.fiji.diffusion.engine.image.ImageFile;
import sc.fiji.diffusion.engine.image.Mask;
import sc.fiji.diffusion.engine.image.PixelHash;
import sc.fiji.diffusion.engine.image.PngFile;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.inpaint.InpaintedSelection;
import sc.fiji.diffusion.engine.job.WatermarkedResult;
import sc.fiji.diffusion.engine.metadata.PictureMetadata;
import sc.fiji.diffusion.engine.metadata.StackMetadata;
import sc.fiji.diffusion.engine.pipeline.DiffusionPipeline;
import sc.fiji.diffusion.engine.pipeline.Execution;
import sc.fiji.diffusion.engine.pipeline.PipelineOptions;
import sc.fiji.diffusion.engine.provenance.ControlNetUse;
import sc.fiji.diffusion.engine.provenance.History;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.engine.provenance.Task;
import sc.fiji.diffusion.engine.replay.Differences;
import sc.fiji.diffusion.engine.replay.ModelSearch;
import sc.fiji.diffusion.engine.replay.ReplayRequest;
import sc.fiji.diffusion.engine.replay.Replayer;

/** {@code diffuse replay}. */
@Command(
        name = "replay",
        description = "Makes a picture again, as its file says that it was made, and says whether it is the same.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "On the same device, with the same versions, it is the same to the bit; what is not as it was is told."
                    + " Pictures of other tools come out alike at best.",
        })
final class ReplayCommand implements Callable<Integer> {

    @ParentCommand
    private Diffuse diffuse;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            description = "The picture: a PNG file, a TIFF file of ImageJ, or another tool's JPEG file.")
    private Path file;

    @Option(
            names = "--slice",
            paramLabel = "N",
            description = "Of a stack, from 1. Default: the only one that was made.")
    private Optional<Integer> slice;

    @Option(names = "--image", paramLabel = "FILE", description = "The picture that was begun with, if one was.")
    private Optional<Path> image;

    @Option(
            names = "--mask",
            paramLabel = "FILE",
            description = "What was made anew, if the file does not hold the mask.")
    private Optional<Path> mask;

    @Option(
            names = "--model",
            paramLabel = "PATH|NAME",
            description =
                    "Default: the one with the same weights, wherever it is in the Hugging Face cache, or built in.")
    private Optional<String> model;

    @Mixin
    private CheckpointArguments checkpointArguments;

    @Mixin
    private AdapterOptions adapters;

    /** Null if there is none. How they steered is as it was. */
    @ArgGroup(exclusive = false, multiplicity = "0..*")
    private List<ControlOptions.Again> controls;

    @Mixin
    private DeviceOption device;

    @Option(names = "--output", required = true, paramLabel = "FILE.png", description = "Where the image goes.")
    private Path output;

    @Override
    public Integer call() {
        PngFile.requireWritable(output);
        device.choice();
        Provenance made = last(StackMetadata.read(file).slice(slice, file).history());
        ReplayRequest request = request(made);
        request.settings();
        Progress progress = diffuse.progress();
        String name = model.orElseGet(() -> ModelSearch.find(made.model(), List.of(), progress));
        Checkpoint checkpoint = Checkpoint.open(Models.locate(name), checkpointArguments.options());
        try (DiffusionPipeline pipeline = pipeline(checkpoint, request, progress)) {
            write(made, request, WatermarkedResult.of(new Replayer(pipeline).replay(request, progress), request));
        }
        return 0;
    }

    private Provenance last(History history) {
        if (history.isEmpty()) {
            throw new RequestException("replay: expected what made the picture, found nothing of it in " + file);
        }
        Provenance made = history.last();
        made.image().filter(in -> !in.output().equals("new")).ifPresent(in -> {
            throw new RequestException("replay: expected a picture that was made as a file, found one that was made in"
                    + " an open image of ImageJ; use Replay... there");
        });
        return made;
    }

    private ReplayRequest request(Provenance made) {
        Optional<RgbImage> source = image.map(ImageFile::read);
        Optional<Mask> selection = mask.map(ImageFile::readMask);
        if (selection.isEmpty() && made.task() instanceof Task.Inpainting inpainting) {
            selection = inpainting.mask().flatMap(stored -> source.filter(
                            picture -> picture.width() == stored.size().width()
                                    && picture.height() == stored.size().height())
                    .flatMap(picture -> stored.mask()));
        }
        List<RgbImage> controlImages =
                controls().stream().map(ControlOptions.Again::image).toList();
        return new ReplayRequest(made, source, selection, controlImages);
    }

    private List<ControlOptions.Again> controls() {
        return controls == null ? List.of() : controls;
    }

    private DiffusionPipeline pipeline(Checkpoint checkpoint, ReplayRequest request, Progress progress) {
        PipelineOptions options = PipelineOptions.of(checkpoint)
                .withAdapters(adapters.open(), adapters.folders(checkpoint))
                .withControlNets(controlNets(request.made().model().controlNets(), progress));
        return device.openLike(
                request.made().computation(),
                chosen -> DiffusionPipeline.openFor(
                        request.settings(),
                        checkpoint,
                        options.withExecution(Execution.like(request.made().computation(), chosen)),
                        progress));
    }

    /** There is one for each that was used: the request has looked. */
    private List<ControlNetCheckpoint> controlNets(List<ControlNetUse> used, Progress progress) {
        List<ControlNetCheckpoint> opened = new ArrayList<>();
        for (ControlOptions.Again control : controls()) {
            opened.add(control.open(used.get(opened.size()), progress));
        }
        return opened;
    }

    private void write(Provenance made, ReplayRequest request, InpaintedSelection replayed) {
        RgbImage picture = replayed.result().images().get(0).image();
        if (made.task().keepsSurroundings()) {
            picture = Blend.over(request.source().orElseThrow(), picture, replayed.blend());
        }
        String sha256 = PixelHash.ofRgb(picture.width(), picture.height(), picture.packed());
        Provenance is = replayed.result().provenance().withResult(List.of(sha256));
        PngFile.write(picture, PictureMetadata.texts(History.NONE.and(is)), output);
        PrintWriter out = spec.commandLine().getOut();
        boolean isKnown = !made.resultSha256().isEmpty();
        boolean isSame = made.resultSha256().equals(is.resultSha256());
        out.println(
                isSame
                        ? "the same to the bit"
                        : isKnown ? "not the same" : "made again; whether it is the same is not known");
        Differences.between(made, is).forEach(out::println);
        out.flush();
    }
}
