package sc.fiji.diffusion.engine.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import sc.fiji.diffusion.engine.adapter.AdapterFolders;
import sc.fiji.diffusion.engine.adapter.Adapters;
import sc.fiji.diffusion.engine.adapter.TextualInversion;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;

/** LoRAs and textual inversions. */
final class AdapterOptions {

    @Option(
            names = "--lora",
            paramLabel = "PATH[:STRENGTH[:UNET_STRENGTH]]",
            description = "A LoRA and how strongly to use it (default: 1); may be repeated. A prompt can name those in"
                    + " the LoRA folder too, as <lora:name:strength>.")
    private List<String> loras = List.of();

    @Option(
            names = "--lora-folder",
            paramLabel = "DIR",
            description = "Where the LoRAs are that a prompt names (default: the folder lora beside the model).")
    private Optional<Path> loraFolder;

    @Option(
            names = "--embedding",
            paramLabel = "PATH",
            description = "A textual inversion, whose name is then a word for prompts; may be repeated. Those in the"
                    + " folder embeddings beside the model need no option.")
    private List<Path> embeddings = List.of();

    Adapters open() {
        return new Adapters(
                loras.stream().map(LoraOption::parse).map(LoraOption::open).toList(),
                embeddings.stream().map(TextualInversion::open).toList());
    }

    AdapterFolders folders(Checkpoint checkpoint) {
        AdapterFolders beside = AdapterFolders.beside(checkpoint);
        return loraFolder.map(beside::withLoras).orElse(beside);
    }
}
