package sc.fiji.diffusion.engine.inspect;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a file or folder is.
 *
 * @param path that was looked at
 * @param kind what it is, such as {@code Stable Diffusion XL}
 * @param layout how it lies on the disk, such as {@code single file}
 * @param parts its networks, or all tensors of a file as one
 * @param model what a whole model makes and needs; empty for other files
 * @param license as stated in its metadata or its README; empty if it is not stated
 * @param says what its metadata says of it, by name
 * @param obstacles why it can't make images here, one sentence each; empty if it can
 */
public record Inspection(
        Path path,
        String kind,
        String layout,
        List<Part> parts,
        Optional<ModelFacts> model,
        Optional<String> license,
        Map<String, String> says,
        List<String> obstacles) {

    public Inspection {
        parts = List.copyOf(parts);
        obstacles = List.copyOf(obstacles);
    }

    /**
     * A network.
     *
     * @param name as diffusers names its folder
     * @param parameters how many values it has
     * @param bytes that they take on the disk
     * @param types of the values
     */
    public record Part(String name, long parameters, long bytes, List<String> types) {

        public Part {
            types = List.copyOf(types);
        }
    }

    /**
     * What a whole model makes and needs.
     *
     * @param forInpainting whether its UNet takes a mask
     * @param predictionType as in a scheduler's configuration
     * @param scheduler the class of the model's own
     * @param nativeSize width and height in pixels that it was trained for
     * @param latentChannels of its VAE
     * @param tokenizer the folder of the one that was found
     * @param memory bytes that an image of the native size needs, about
     * @param machineMemory bytes that this machine has
     */
    public record ModelFacts(
            boolean forInpainting,
            String predictionType,
            String scheduler,
            int nativeSize,
            int latentChannels,
            Optional<Path> tokenizer,
            long memory,
            long machineMemory) {}
}
