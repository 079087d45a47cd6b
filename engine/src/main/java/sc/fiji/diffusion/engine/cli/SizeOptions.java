package sc.fiji.diffusion.engine.cli;

import java.util.Optional;
import picocli.CommandLine.Option;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;

/** How large an image is to be that is made from a text. */
final class SizeOptions {

    @Option(names = "--width", paramLabel = "N", description = "In pixels (default: the model's own).")
    private Optional<Integer> width;

    @Option(names = "--height", paramLabel = "N", description = "In pixels (default: the model's own).")
    private Optional<Integer> height;

    int width(Checkpoint checkpoint) {
        return width.orElseGet(checkpoint::nativeSize);
    }

    int height(Checkpoint checkpoint) {
        return height.orElseGet(checkpoint::nativeSize);
    }
}
