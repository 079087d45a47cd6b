package sc.fiji.diffusion.engine.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import sc.fiji.diffusion.engine.blend.Variations;
import sc.fiji.diffusion.engine.pipeline.BlendRequest;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;

/** {@code diffuse variations}. */
@Command(
        name = "variations",
        description = "Makes variations of the picture that a text and a seed give.",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        footer = {
            "",
            "Give the text, the seed and all else as for the picture itself. At --strength 0 it comes out unchanged, at 1"
                    + " the picture of the other seed.",
            "With --batch N above 1, FILE.png becomes FILE-1.png to FILE-N.png; image i has the variation seed + i - 1."
        })
final class VariationsCommand implements Callable<Integer> {

    @ParentCommand
    private Diffuse diffuse;

    @Option(
            names = "--strength",
            paramLabel = "X",
            defaultValue = "" + Variations.DEFAULT_STRENGTH,
            description = "How far from the seed's noise to the variation seed's, 0 to 1 (default: ${DEFAULT-VALUE}).")
    private double strength;

    @Option(
            names = "--variation-seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Of the noise that the first image's goes towards (default: ${DEFAULT-VALUE}).")
    private long variationSeed;

    @Mixin
    private SizeOptions size;

    @Mixin
    private GenerationOptions options;

    @Override
    public Integer call() throws IOException {
        return BlendRun.run(options, size, this::request, diffuse.progress());
    }

    private BlendRequest request(TextToImageRequest settings) {
        return BlendRequest.of(settings, new Variations(strength, variationSeed, settings.batchSize()));
    }
}
