package sc.fiji.diffusion.engine.checkpoint;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import sc.fiji.diffusion.engine.CheckpointException;

/**
 * A model on disk: a folder in the Hugging Face layout of Stable Diffusion 1.x, 2.x or XL. Opening it reads configurations and
 * the headers of the weight files, so it is quick and takes no memory to speak of. Immutable and thread-safe.
 */
public final class Checkpoint {

    /** All hold the same networks, those of XL a second text encoder; a UNet for inpainting has more channels. */
    private static final Set<String> PIPELINE_CLASSES = Set.of(
            "StableDiffusionPipeline",
            "StableDiffusionImg2ImgPipeline",
            "StableDiffusionInpaintPipeline",
            "StableDiffusionInstructPix2PixPipeline",
            "LatentConsistencyModelPipeline",
            "LatentConsistencyModelImg2ImgPipeline",
            "StableDiffusionXLPipeline",
            "StableDiffusionXLImg2ImgPipeline",
            "StableDiffusionXLInpaintPipeline");

    private static final int LARGEST_SAMPLE_SIZE = 4096;

    /** The guidance of models that name none: diffusers' default, which suits Stable Diffusion. */
    public static final double USUAL_GUIDANCE_SCALE = 7.5;

    private final Path folder;
    private final double guidanceScale;
    private final boolean zerosForEmptyNegativePrompt;
    private final Component textEncoder;
    private final Optional<Component> secondTextEncoder;
    private final Component unet;
    private final Component vae;

    private Checkpoint(Path folder, ConfigFile index) {
        this.folder = folder;
        this.guidanceScale = index.number("_guidance_scale", USUAL_GUIDANCE_SCALE);
        boolean isXl = index.text("_class_name", "").startsWith("StableDiffusionXL");
        this.zerosForEmptyNegativePrompt = isXl && index.flag("force_zeros_for_empty_prompt", true);
        requireFolders(folder, isXl ? List.of("text_encoder_2", "tokenizer_2") : List.of());
        this.textEncoder = Component.open(folder.resolve("text_encoder"));
        this.secondTextEncoder =
                isXl ? Optional.of(Component.open(folder.resolve("text_encoder_2"))) : Optional.empty();
        this.unet = Component.open(folder.resolve("unet"));
        this.vae = Component.open(folder.resolve("vae"));
    }

    /**
     * @param path the folder that holds {@code model_index.json}
     * @throws CheckpointException if a part is missing or broken, or of a kind that is not supported
     */
    public static Checkpoint open(Path path) {
        if (Files.isRegularFile(path)) {
            throw notAFolder(path);
        }
        Path index = path.resolve("model_index.json");
        if (!Files.isRegularFile(index)) {
            throw new CheckpointException(path + ": expected a model's folder with model_index.json, found "
                    + (Files.isDirectory(path) ? "a folder without it" : "nothing there"));
        }
        ConfigFile fields = ConfigFile.read(index);
        fields.requireOneOf("_class_name", PIPELINE_CLASSES);
        requireFolders(path, List.of("text_encoder", "unet", "vae", "tokenizer", "scheduler"));
        return new Checkpoint(path, fields);
    }

    private static CheckpointException notAFolder(Path path) {
        String name = path.getFileName().toString();
        if (name.matches("(?i).*\\.(ckpt|bin|pt|pth)")) {
            return new CheckpointException(
                    path + ": expected a model's folder, found a pickle, which is refused because"
                            + " opening it can run code that somebody hid in it");
        }
        return new CheckpointException(path + ": expected a model's folder with model_index.json, found a single file");
    }

    private static void requireFolders(Path path, List<String> parts) {
        for (String part : parts) {
            if (!Files.isDirectory(path.resolve(part))) {
                throw new CheckpointException(path + ": expected the folder " + part + ", found none");
            }
        }
    }

    /** The folder that was opened. */
    public Path folder() {
        return folder;
    }

    /** The name to show: the folder's. */
    public String name() {
        Path name = folder.toAbsolutePath().normalize().getFileName();
        return name == null ? folder.toString() : name.toString();
    }

    public Component textEncoder() {
        return textEncoder;
    }

    /** Stable Diffusion XL's second one, whose hidden states stand beside those of the first. */
    public Optional<Component> secondTextEncoder() {
        return secondTextEncoder;
    }

    /** Whether the model learnt without a text from zeros rather than from the empty text's encoding. */
    public boolean zerosForEmptyNegativePrompt() {
        return zerosForEmptyNegativePrompt;
    }

    public Component unet() {
        return unet;
    }

    public Component vae() {
        return vae;
    }

    public Path tokenizerFolder() {
        return folder.resolve("tokenizer");
    }

    /** That of {@link #secondTextEncoder}. */
    public Path secondTokenizerFolder() {
        return folder.resolve("tokenizer_2");
    }

    public Path schedulerConfig() {
        return folder.resolve("scheduler").resolve("scheduler_config.json");
    }

    /** Pixels a latent stands for, along each side: the VAE halves the size once a level but the last. */
    public int vaeScaleFactor() {
        return 1
                << (vae.config()
                                .sizes("block_out_channels", List.of(64), 1 << 16)
                                .size()
                        - 1);
    }

    /** Width and height in pixels that the model was trained for. */
    public int nativeSize() {
        return unet.config().size("sample_size", 64, LARGEST_SAMPLE_SIZE) * vaeScaleFactor();
    }

    /**
     * The classifier-free guidance that suits the model: {@code _guidance_scale} in its {@code model_index.json}, a
     * field of ours that diffusers passes over, or else diffusers' default.
     */
    public double guidanceScale() {
        return guidanceScale;
    }

    /** SHA-256 over the weight files' bytes, text encoders, UNet, VAE in this order, in hexadecimal. Reads them all. */
    public String sha256() {
        return WeightsHash.of(Stream.of(Stream.of(textEncoder), secondTextEncoder.stream(), Stream.of(unet, vae))
                .flatMap(components -> components)
                .map(component -> component.weights().files())
                .toList());
    }
}
