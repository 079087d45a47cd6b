package sc.fiji.diffusion.engine.checkpoint;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.checkpoint.CheckpointParts.SecondTextEncoder;
import sc.fiji.diffusion.engine.hub.HubName;
import sc.fiji.diffusion.engine.hub.HuggingFaceCache;

/**
 * A model on disk, of Stable Diffusion 1.x, 2.x or XL: a folder in the Hugging Face layout, a single safetensors file
 * with the original key names, or a folder of exported ONNX files. Opening it reads configurations and the headers of
 * the weight files, so it is quick and takes no memory to speak of. Immutable and thread-safe.
 */
public final class Checkpoint {

    static final String CLASS_NAME = "_class_name";

    private static final int LARGEST_SAMPLE_SIZE = 4096;

    /** The steps of models that name none: with most schedulers more bring little. */
    public static final int USUAL_STEPS = 25;

    /** The guidance of models that name none: diffusers' default, which suits Stable Diffusion. */
    public static final double USUAL_GUIDANCE_SCALE = 7.5;

    private final Path path;
    private final CheckpointOptions options;
    private final CheckpointParts parts;
    private final UsualSampling usual;
    private final boolean zerosForEmptyNegativePrompt;

    private Checkpoint(Path path, CheckpointOptions options, CheckpointParts parts) {
        this.path = path;
        this.options = options;
        this.parts = parts;
        this.usual = UsualSampling.of(parts.index(), parts.unet().config(), parts.scheduler(), name());
        this.zerosForEmptyNegativePrompt =
                isXl(parts.index()) && parts.index().flag("force_zeros_for_empty_prompt", true);
    }

    /** As {@link #open(Path, CheckpointOptions)}, with what lies beside the model. */
    public static Checkpoint open(Path path) {
        return open(path, CheckpointOptions.NONE);
    }

    /**
     * @param path a safetensors file, or a folder that holds {@code model_index.json}
     * @throws CheckpointException if a part is missing or broken, or of a kind that is not supported
     */
    public static Checkpoint open(Path path, CheckpointOptions options) {
        if (Files.isRegularFile(path)) {
            return new Checkpoint(path, options, SingleFile.read(path, options));
        }
        Path index = path.resolve(HuggingFaceFolder.INDEX);
        if (!Files.isRegularFile(index)) {
            throw new CheckpointException(path + ": expected a model's folder with model_index.json, or a safetensors"
                    + " file, found " + (Files.isDirectory(path) ? "a folder without it" : "nothing there"));
        }
        ConfigFile fields = ConfigFile.read(index);
        CheckpointParts parts = OnnxFolder.is(path)
                ? OnnxFolder.read(path, fields, options)
                : HuggingFaceFolder.read(path, fields, options);
        return new Checkpoint(path, options, parts);
    }

    static boolean isXl(ConfigFile index) {
        return index.text(CLASS_NAME, "").contains("StableDiffusionXL");
    }

    /** The folder or file that was opened. */
    public Path path() {
        return path;
    }

    /** The name to show: the hub's, as {@code owner/name}; else the folder's, or the file's without its ending. */
    public String name() {
        Optional<HubName> hub = HuggingFaceCache.nameOf(path);
        if (hub.isPresent()) {
            return hub.get().toString();
        }
        Path absolute = path.toAbsolutePath().normalize();
        if (absolute.getFileName() == null) {
            return path.toString();
        }
        return Files.isRegularFile(absolute)
                ? ConfigFolder.stem(absolute)
                : absolute.getFileName().toString();
    }

    public Component textEncoder() {
        return parts.textEncoder();
    }

    /** Stable Diffusion XL's second one, whose hidden states stand beside those of the first. */
    public Optional<Component> secondTextEncoder() {
        return parts.second().map(SecondTextEncoder::component);
    }

    /** Whether the model learnt without a text from zeros rather than from the empty text's encoding. */
    public boolean zerosForEmptyNegativePrompt() {
        return zerosForEmptyNegativePrompt;
    }

    public Component unet() {
        return parts.unet();
    }

    /** The VAE, or its decoder where the encoder is apart ({@link #vaeEncoder}). */
    public Component vae() {
        return parts.vae();
    }

    /**
     * What holds the VAE's encoder.
     *
     * @throws CheckpointException if the model was exported without it
     */
    public Component vaeEncoder() {
        return vaeEncoderIfPresent()
                .orElseThrow(() -> new CheckpointException(
                        path + ": expected the folder vae_encoder, which working from an image needs, found none"));
    }

    /** As {@link #vaeEncoder}; empty if the model was exported without it. */
    public Optional<Component> vaeEncoderIfPresent() {
        return parts.vaeEncoder();
    }

    /**
     * The tokenizer of {@link #textEncoder}.
     *
     * @throws CheckpointException if the model brings none and none was found
     */
    public TokenizerFolder tokenizer() {
        return parts.tokenizer().orElseThrow(() -> TokenizerSearch.missing(path));
    }

    /** That of {@link #secondTextEncoder}. */
    public TokenizerFolder secondTokenizer() {
        return parts.second().flatMap(SecondTextEncoder::tokenizer).orElseThrow(() -> TokenizerSearch.missing(path));
    }

    /** The configuration of the model's own scheduler. */
    public ConfigFile scheduler() {
        return parts.scheduler();
    }

    /** Pixels a latent stands for, along each side: the VAE halves the size once a level but the last. */
    public int vaeScaleFactor() {
        return vaeScaleFactor(vae().config());
    }

    static int vaeScaleFactor(ConfigFile vae) {
        // a tiny autoencoder has two lists, of which the other is often left out
        List<Integer> tiny = vae.sizes("decoder_block_out_channels", List.of(64), 1 << 16);
        return 1 << (vae.sizes("block_out_channels", tiny, 1 << 16).size() - 1);
    }

    /** Width and height in pixels that the model was trained for. */
    public int nativeSize() {
        return unet().config().size("sample_size", 64, LARGEST_SAMPLE_SIZE) * vaeScaleFactor();
    }

    /**
     * The classifier-free guidance that suits the model: {@code _guidance_scale} in its {@code model_index.json}, a
     * field of ours that diffusers passes over; or none for models that were distilled to do without; or else diffusers'
     * default.
     */
    public double guidanceScale() {
        return usual.guidanceScale();
    }

    /** The denoising steps that suit the model: {@code _steps}, few for distilled models, or {@link #USUAL_STEPS}. */
    public int steps() {
        return usual.steps();
    }

    /**
     * SHA-256 over the bytes of the files with the model's own weights, text encoders, UNet, VAE in this order, in
     * hexadecimal; for a single file, that of the file. Reads them all.
     */
    public String sha256() {
        return WeightsHash.of(parts.files());
    }

    /** Whether all of the model's own weights are in one file. */
    public boolean isSingleFile() {
        return parts.files().size() == 1;
    }

    /** Begins to read them all in the background, so that {@link #sha256} is soon told. */
    public void hashAhead() {
        WeightsHash.ahead(parts.files());
    }

    /** The name of the VAE that takes the place of the model's own, if one does. */
    public Optional<String> otherVaeName() {
        return options.vae().map(vae -> vae.getFileName().toString());
    }

    /** SHA-256 over the bytes of the files of the VAE that is used, in hexadecimal. Reads them all. */
    public String vaeSha256() {
        return WeightsHash.of(vae().files());
    }
}
