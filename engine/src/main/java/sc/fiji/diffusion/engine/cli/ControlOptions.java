package sc.fiji.diffusion.engine.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.checkpoint.ControlNetCheckpoint;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.image.ImageFile;
import sc.fiji.diffusion.engine.image.RgbImage;
import sc.fiji.diffusion.engine.pipeline.ControlImage;
import sc.fiji.diffusion.engine.provenance.ControlNetUse;
import sc.fiji.diffusion.engine.replay.ModelSearch;

/** ControlNets with their pictures, as many as wanted: each {@code --controlnet} begins another one. */
final class ControlOptions {

    private static final String IMAGE = "What it steers by: edges, depth or whatever it was trained on.";

    /** Null if there is none. */
    @ArgGroup(exclusive = false, multiplicity = "0..*")
    private List<Control> given;

    /** One that steers as it did before. */
    static final class Again {

        @Option(
                names = "--controlnet",
                paramLabel = "PATH|NAME",
                description = "The ControlNet that --control-image is for. Default: the one with the same weights,"
                        + " wherever it is.")
        private Optional<String> controlNet;

        @Option(names = "--control-image", required = true, paramLabel = "FILE", description = IMAGE)
        private Path image;

        RgbImage image() {
            return ImageFile.read(image);
        }

        ControlNetCheckpoint open(ControlNetUse made, Progress progress) {
            return checkpoint(controlNet.orElseGet(() -> ModelSearch.find(made, List.of(), progress)));
        }
    }

    /** One of them. */
    static final class Control {

        @Option(
                names = "--controlnet",
                required = true,
                paramLabel = "PATH|NAME",
                description =
                        "A ControlNet's folder, file or name; can be given several times, each with its own options.")
        private String controlNet;

        @Option(names = "--control-image", required = true, paramLabel = "FILE", description = IMAGE)
        private Path image;

        @Option(
                names = "--control-scale",
                paramLabel = "X",
                defaultValue = "1",
                description = "How strongly, 0 to 10 (default: ${DEFAULT-VALUE}).")
        private double scale;

        @Option(
                names = "--control-start",
                paramLabel = "X",
                defaultValue = "0",
                description = "After which share of the steps it begins (default: ${DEFAULT-VALUE}).")
        private double start;

        @Option(
                names = "--control-end",
                paramLabel = "X",
                defaultValue = "1",
                description = "After which share of the steps it ends (default: ${DEFAULT-VALUE}).")
        private double end;

        ControlNetCheckpoint open() {
            return checkpoint(controlNet);
        }

        ControlImage controlImage() {
            return new ControlImage(ImageFile.read(image), scale, start, end);
        }
    }

    /** Their pictures, read. */
    List<ControlImage> images() {
        return controls().stream().map(Control::controlImage).toList();
    }

    /** Their networks, in the same order. */
    List<ControlNetCheckpoint> open() {
        return controls().stream().map(Control::open).toList();
    }

    private static ControlNetCheckpoint checkpoint(String name) {
        return ControlNetCheckpoint.open(Models.locate(name));
    }

    private List<Control> controls() {
        return given == null ? List.of() : given;
    }
}
