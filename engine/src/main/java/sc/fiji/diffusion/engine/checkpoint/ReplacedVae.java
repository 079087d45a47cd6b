package sc.fiji.diffusion.engine.checkpoint;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.checkpoint.original.FileKind;
import sc.fiji.diffusion.engine.checkpoint.original.NamedNetwork;
import sc.fiji.diffusion.engine.checkpoint.original.OriginalVae;
import sc.fiji.diffusion.engine.checkpoint.original.OriginalVaeFile;
import sc.fiji.diffusion.engine.checkpoint.original.TensorShapes;
import sc.fiji.diffusion.engine.checkpoint.original.VaeConfig;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;

/** Reads a VAE that a user wants in the place of a model's own. */
final class ReplacedVae {

    private static final String CONFIG = "config.json";

    private static final double USUAL_SCALING_FACTOR = 0.18215;

    private ReplacedVae() {}

    /** The one that the user named, if any, for the latents of the model's own. */
    static Optional<Component> of(CheckpointOptions options, ConfigFile own) {
        return options.vae().map(path -> open(path, own.number("scaling_factor", USUAL_SCALING_FACTOR)));
    }

    /**
     * @param path a folder {@code vae/}, a model's folder with one, or a safetensors file that holds a VAE
     * @param scalingFactor of the model's latents, where the VAE says none
     */
    static Component open(Path path, double scalingFactor) {
        if (Files.isDirectory(path)) {
            Path inside = path.resolve("vae");
            return Component.open(Files.isDirectory(inside) ? inside : path);
        }
        SafetensorsFile file = SafetensorsFile.open(path);
        TensorShapes shapes = Weights.shapes(file);
        Optional<NamedNetwork> original = OriginalVaeFile.find(shapes).map(vae -> OriginalVae.read(vae, scalingFactor));
        if (original.isPresent()) {
            NamedNetwork vae = original.get();
            return new Component(ConfigFile.of(path, vae.config().get()), Weights.named(file, vae.tensors()));
        }
        FileKind kind = FileKind.of(shapes);
        if (kind != FileKind.VAE_DIFFUSERS) {
            throw new CheckpointException(path + ": expected a VAE, found " + kind.label());
        }
        Path config = path.resolveSibling(CONFIG);
        return new Component(
                Files.isRegularFile(config)
                        ? ConfigFile.read(config)
                        : ConfigFile.of(path, VaeConfig.json(shapes, scalingFactor)),
                Weights.ofFile(path));
    }
}
