package sc.fiji.diffusion.engine.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import sc.fiji.diffusion.engine.checkpoint.CheckpointOptions;
import sc.fiji.diffusion.engine.hub.Models;

/** What can be said beside a model's path. */
final class CheckpointArguments {

    @Option(
            names = "--config",
            paramLabel = "FOLDER",
            description =
                    "Configurations, scheduler and tokenizer for a single file: a folder in the Hugging Face layout"
                            + " (default: the one beside it that has its name, else what the tensors show).")
    private Optional<Path> config;

    @Option(
            names = "--tokenizer",
            paramLabel = "FOLDER",
            description = "A folder with vocab.json and merges.txt"
                    + " (default: the model's, else one beside it, else one in the Hugging Face cache).")
    private Optional<Path> tokenizer;

    @Option(
            names = "--vae",
            paramLabel = "PATH|NAME",
            description = "A VAE's folder, .safetensors file or name to use instead of the model's.")
    private Optional<String> vae;

    CheckpointOptions options() {
        return new CheckpointOptions(config, tokenizer, vae.map(Models::locate));
    }
}
