package sc.fiji.diffusion.engine.cli;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import sc.fiji.diffusion.engine.blend.Keyframe;
import sc.fiji.diffusion.engine.blend.PromptList;
import sc.fiji.diffusion.engine.blend.Walk;
import sc.fiji.diffusion.engine.pipeline.BlendRequest;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;

/** {@code diffuse interpolate}. */
@Command(
        name = "interpolate",
        description = "Makes the frames of a walk between texts, or seeds, or both.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "--prompt and --prompt-file take several texts, with | or a line's end between them; \\| is the sign itself."
                    + " --batch is not used: FILE.png becomes FILE-1.png to FILE-N.png, a file a frame."
        })
final class InterpolateCommand implements Callable<Integer> {

    @ParentCommand
    private Diffuse diffuse;

    @Option(
            names = "--frames",
            paramLabel = "N",
            defaultValue = "" + Walk.DEFAULT_FRAMES,
            description = "How many images in all, those of the texts too (default: ${DEFAULT-VALUE}).")
    private int frames;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            split = ",",
            description =
                    "The seeds to go through, such as 7,8,9: as many as texts, or one text (default: --seed alone).")
    private List<Long> seeds = List.of();

    @Option(names = "--closed", description = "Go on from the last text or seed to the first.")
    private boolean closed;

    @Mixin
    private SizeOptions size;

    @Mixin
    private GenerationOptions options;

    @Override
    public Integer call() throws IOException {
        return BlendRun.run(options, size, this::request, diffuse.progress());
    }

    private BlendRequest request(TextToImageRequest settings) {
        List<Long> through = seeds.isEmpty() ? List.of(settings.seed()) : seeds;
        return BlendRequest.of(
                settings, new Walk(Keyframe.of(PromptList.of(settings.prompt()), through), frames, closed));
    }
}
