package sc.fiji.diffusion.engine.network;

import java.util.Optional;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.checkpoint.ConfigFile;

/**
 * What Stable Diffusion XL's UNet is told besides the timestep, the embedding {@code text_time}: a text summed up, and
 * six numbers on the picture's size.
 *
 * @param timeSize length of the embedding of each number
 * @param inputSize of all that is embedded together
 */
record TextTime(int timeSize, int inputSize) {

    /** How many numbers: original height and width, top and left of the crop, target height and width. */
    static final int NUMBERS = 6;

    static Optional<TextTime> of(ConfigFile file) {
        if (!file.has("addition_embed_type")) {
            return Optional.empty();
        }
        file.requireText("addition_embed_type", "text_time");
        TextTime found = new TextTime(
                file.size("addition_time_embed_dim", 256, UNetEncoderConfig.LARGEST),
                file.size("projection_class_embeddings_input_dim", 2816, UNetEncoderConfig.LARGEST));
        if (found.textSize() < 1) {
            throw new CheckpointException(file.path() + ": projection_class_embeddings_input_dim: expected more than "
                    + NUMBERS + " times addition_time_embed_dim, found " + found.inputSize);
        }
        return Optional.of(found);
    }

    int textSize() {
        return inputSize - NUMBERS * timeSize;
    }
}
