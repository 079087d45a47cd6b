package sc.fiji.diffusion.engine.checkpoint;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * All that a model consists of, from whatever layout it was read.
 *
 * @param index what {@code model_index.json} says
 * @param textEncoder the first or only one
 * @param tokenizer the first text encoder's; empty if none was found
 * @param second SDXL's second text encoder
 * @param unet predicts the noise
 * @param vae the decoder, or decoder and encoder; another one if the user said so
 * @param vaeEncoder the encoder, if there is one
 * @param scheduler the model's own
 * @param files with the model's own weights, in a fixed order: text encoders, UNet, VAE
 */
record CheckpointParts(
        ConfigFile index,
        Component textEncoder,
        Optional<TokenizerFolder> tokenizer,
        Optional<SecondTextEncoder> second,
        Component unet,
        Component vae,
        Optional<Component> vaeEncoder,
        ConfigFile scheduler,
        List<Path> files) {

    CheckpointParts {
        files = files.stream().distinct().toList();
    }

    /**
     * SDXL's second text encoder.
     *
     * @param component the network
     * @param tokenizer empty if none was found
     */
    record SecondTextEncoder(Component component, Optional<TokenizerFolder> tokenizer) {}
}
