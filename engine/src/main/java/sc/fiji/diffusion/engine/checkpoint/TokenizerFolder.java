package sc.fiji.diffusion.engine.checkpoint;

import java.nio.file.Path;
import java.util.Optional;
import sc.fiji.diffusion.engine.tokenizer.ClipTokenizer;

/**
 * Where a text encoder's tokenizer is.
 *
 * @param path of the folder with {@code vocab.json} and {@code merges.txt}
 * @param padding the token that this text encoder learnt as padding, where the folder is not the model's own and may say
 *     something else
 */
public record TokenizerFolder(Path path, Optional<String> padding) {

    /** A model's own. */
    static TokenizerFolder own(Path path) {
        return new TokenizerFolder(path, Optional.empty());
    }

    /**
     * Reads it.
     *
     * @throws sc.fiji.diffusion.engine.CheckpointException if a file is missing or broken
     */
    public ClipTokenizer open() {
        return padding.map(token -> ClipTokenizer.open(path, token)).orElseGet(() -> ClipTokenizer.open(path));
    }
}
