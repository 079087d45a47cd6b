package sc.fiji.diffusion.engine.checkpoint.original;

import java.util.List;
import java.util.Optional;

/** Finds a VAE in a file: a whole model's, or one alone. */
public final class OriginalVaeFile {

    private static final List<String> PREFIXES = List.of("first_stage_model.", "vae.", "");

    private OriginalVaeFile() {}

    /** The VAE's tensors without their prefix; empty if there are none under the original names. */
    public static Optional<TensorShapes> find(TensorShapes file) {
        return PREFIXES.stream()
                .filter(prefix -> file.hasBelow(prefix + "encoder.down.") && file.hasBelow(prefix + "decoder.up."))
                .findFirst()
                .map(file::below);
    }
}
