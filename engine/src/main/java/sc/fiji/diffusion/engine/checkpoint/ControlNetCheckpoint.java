package sc.fiji.diffusion.engine.checkpoint;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.hub.HubName;
import sc.fiji.diffusion.engine.hub.HuggingFaceCache;

/**
 * A ControlNet on disk: a folder with {@code config.json} and weights, or a single safetensors file in diffusers'
 * naming or the original one. A file's configuration is a {@code config.json} beside it; without one it is that of the UNet
 * that the ControlNet is a copy of. Opening it reads the configuration and the header of the weights. Immutable and
 * thread-safe.
 */
public final class ControlNetCheckpoint {

    private static final Set<String> CLASSES = Set.of("ControlNetModel");

    /** What begins tensors' names in files of other kinds that steer a UNet, and what those are called. */
    private static final Map<String, String> OTHER_KINDS = otherKinds();

    private final Path path;
    private final Optional<ConfigFile> config;
    private final Weights weights;

    private ControlNetCheckpoint(Path path, Optional<ConfigFile> config, Weights weights) {
        this.path = path;
        this.config = config;
        this.weights = weights;
    }

    /**
     * @param path of the folder or of the file
     * @throws CheckpointException if it is none, or of a kind that is not supported
     */
    public static ControlNetCheckpoint open(Path path) {
        if (Files.isDirectory(path)) {
            ConfigFile config = ConfigFile.read(path.resolve("config.json"));
            config.requireOneOf("_class_name", CLASSES);
            return new ControlNetCheckpoint(path, Optional.of(config), known(path, Weights.inFolder(path)));
        }
        if (!Files.isRegularFile(path)) {
            throw new CheckpointException(path + ": expected a ControlNet's folder or file, found nothing there");
        }
        if (!path.getFileName().toString().endsWith(".safetensors")) {
            throw new CheckpointException(
                    path + ": expected a ControlNet's folder or a .safetensors file, found another"
                            + " file; pickles (.pth, .bin) are refused because opening one can run code that somebody hid in"
                            + " it");
        }
        Path beside = path.resolveSibling("config.json");
        Optional<ConfigFile> config =
                Files.isRegularFile(beside) ? Optional.of(ConfigFile.read(beside)) : Optional.empty();
        config.ifPresent(found -> found.requireOneOf("_class_name", CLASSES));
        return new ControlNetCheckpoint(path, config, known(path, Weights.ofFile(path)));
    }

    private static Weights known(Path path, Weights weights) {
        OTHER_KINDS.forEach((prefix, kind) -> {
            if (weights.hasBelow(prefix)) {
                throw new CheckpointException(
                        path + ": expected a ControlNet, found " + kind + ", which is not supported");
            }
        });
        Weights renamed =
                OriginalControlNetKeys.isOriginal(weights) ? OriginalControlNetKeys.renamed(weights) : weights;
        if (!renamed.hasBelow("controlnet_cond_embedding.")) {
            throw new CheckpointException(path
                    + ": expected a ControlNet, found no tensor called controlnet_cond_embedding or control_model");
        }
        return renamed;
    }

    private static Map<String, String> otherKinds() {
        Map<String, String> kinds = new LinkedHashMap<>();
        kinds.put("lora_controlnet", "a ControlLoRA");
        kinds.put("task_embedding", "a ControlNet-union");
        kinds.put("control_add_embedding.", "a ControlNet-union");
        kinds.put("lllite_", "a ControlNet-LLLite");
        kinds.put("adapter.", "a T2I-Adapter");
        kinds.put("body.", "a T2I-Adapter");
        return kinds;
    }

    /** The name to show: the hub's, as {@code owner/name}; else the folder's or the file's. */
    public String name() {
        Optional<HubName> hub = HuggingFaceCache.nameOf(path);
        if (hub.isPresent()) {
            return hub.get().toString();
        }
        Path name = path.toAbsolutePath().normalize().getFileName();
        return name == null ? path.toString() : name.toString();
    }

    /** @param unet of the model that it is to steer */
    public Component component(Component unet) {
        return new Component(config.orElse(unet.config()), weights);
    }

    /** SHA-256 over the weight files' bytes, in hexadecimal. Reads them all. */
    public String sha256() {
        return WeightsHash.of(weights.files());
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
