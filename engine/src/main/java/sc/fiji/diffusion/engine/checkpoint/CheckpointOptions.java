package sc.fiji.diffusion.engine.checkpoint;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What a user says beside a model's path.
 *
 * @param config a folder in the Hugging Face layout whose configurations, scheduler and tokenizer are used for a single
 *     file; it needs no weights
 * @param tokenizer a folder with {@code vocab.json} and {@code merges.txt}
 * @param vae a VAE that takes the place of the model's own: a folder {@code vae/}, a model's folder, or a single file
 */
public record CheckpointOptions(Optional<Path> config, Optional<Path> tokenizer, Optional<Path> vae) {

    /** Nothing said: what belongs to a model is looked for beside it. */
    public static final CheckpointOptions NONE =
            new CheckpointOptions(Optional.empty(), Optional.empty(), Optional.empty());

    public CheckpointOptions withConfig(Path folder) {
        return new CheckpointOptions(Optional.of(folder), tokenizer, vae);
    }

    public CheckpointOptions withTokenizer(Path folder) {
        return new CheckpointOptions(config, Optional.of(folder), vae);
    }

    public CheckpointOptions withVae(Path path) {
        return new CheckpointOptions(config, tokenizer, Optional.of(path));
    }
}
