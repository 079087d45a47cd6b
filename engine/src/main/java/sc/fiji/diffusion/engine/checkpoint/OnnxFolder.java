package sc.fiji.diffusion.engine.checkpoint;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.checkpoint.CheckpointParts.SecondTextEncoder;
import sc.fiji.diffusion.engine.checkpoint.onnx.OnnxFile;

/**
 * Reads a folder that Optimum or Olive exported: {@code model_index.json}, and {@code model.onnx} in {@code
 * text_encoder/}, {@code unet/}, {@code vae_decoder/} and {@code vae_encoder/}. Exports of diffusers' own have no
 * configurations; all of them are of Stable Diffusion 1.
 */
final class OnnxFolder {

    private static final Set<String> EXPORTED_CLASSES = Set.of(
            "OnnxStableDiffusionPipeline",
            "OnnxStableDiffusionImg2ImgPipeline",
            "OnnxStableDiffusionInpaintPipeline",
            "StableDiffusionOnnxPipeline",
            "ORTStableDiffusionPipeline",
            "ORTStableDiffusionImg2ImgPipeline",
            "ORTStableDiffusionInpaintPipeline",
            "ORTLatentConsistencyModelPipeline",
            "ORTLatentConsistencyModelImg2ImgPipeline",
            "ORTStableDiffusionXLPipeline",
            "ORTStableDiffusionXLImg2ImgPipeline",
            "ORTStableDiffusionXLInpaintPipeline");

    private final Path folder;
    private final ConfigFile index;
    private final CheckpointOptions options;

    private OnnxFolder(Path folder, ConfigFile index, CheckpointOptions options) {
        this.folder = folder;
        this.index = index;
        this.options = options;
    }

    /** Whether a model's folder is an export: it has the UNet as a graph, and not its weights. */
    static boolean is(Path folder) {
        return Files.isRegularFile(folder.resolve("unet").resolve(OnnxFile.NAME))
                && !hasWeights(folder.resolve("unet"));
    }

    private static boolean hasWeights(Path unet) {
        try (Stream<Path> files = Files.list(unet)) {
            return files.anyMatch(file -> file.getFileName().toString().endsWith(".safetensors"));
        } catch (IOException e) {
            throw new CheckpointException(unet + ": expected a folder that can be read, found " + e.getMessage(), e);
        }
    }

    static CheckpointParts read(Path folder, ConfigFile index, CheckpointOptions options) {
        // Optimum's exporter leaves the name of the class as it was.
        Set<String> known = new TreeSet<>(EXPORTED_CLASSES);
        known.addAll(HuggingFaceFolder.PIPELINE_CLASSES);
        index.requireOneOf(Checkpoint.CLASS_NAME, known);
        return new OnnxFolder(folder, index, options).parts();
    }

    private CheckpointParts parts() {
        boolean isXl = Checkpoint.isXl(index);
        Component textEncoder = component("text_encoder", textEncoderConfig());
        Component unet = component("unet", unetConfig());
        Component decoder = component("vae_decoder", vaeConfig());
        Optional<Component> encoder = Files.isDirectory(folder.resolve("vae_encoder"))
                ? Optional.of(component("vae_encoder", vaeConfig()))
                : Optional.empty();
        Optional<SecondTextEncoder> second = isXl
                ? Optional.of(
                        new SecondTextEncoder(component("text_encoder_2", new JsonObject()), tokenizer("tokenizer_2")))
                : Optional.empty();
        Optional<Component> other = ReplacedVae.of(options, decoder.config());
        List<Path> files = new ArrayList<>(textEncoder.files());
        second.ifPresent(two -> files.addAll(two.component().files()));
        Stream.concat(Stream.of(unet, decoder), encoder.stream()).forEach(part -> files.addAll(part.files()));
        return new CheckpointParts(
                index,
                textEncoder,
                tokenizer("tokenizer"),
                second,
                unet,
                other.orElse(decoder),
                other.or(() -> encoder),
                ConfigFile.read(folder.resolve(HuggingFaceFolder.SCHEDULER)),
                files);
    }

    private Component component(String name, JsonObject usual) {
        Path part = folder.resolve(name);
        Path graph = part.resolve(OnnxFile.NAME);
        if (!Files.isRegularFile(graph)) {
            throw new CheckpointException(part + ": expected " + OnnxFile.NAME + ", found none");
        }
        Path config = part.resolve("config.json");
        return Component.exported(
                Files.isRegularFile(config) ? ConfigFile.read(config) : ConfigFile.of(graph, usual),
                OnnxFile.read(graph));
    }

    private Optional<TokenizerFolder> tokenizer(String name) {
        return Optional.of(TokenizerFolder.own(options.tokenizer().orElse(folder.resolve(name))));
    }

    private static JsonObject textEncoderConfig() {
        JsonObject config = new JsonObject();
        config.addProperty("hidden_size", 768);
        config.addProperty("intermediate_size", 3072);
        config.addProperty("num_attention_heads", 12);
        return config;
    }

    private JsonObject unetConfig() {
        JsonObject config = new JsonObject();
        boolean forInpainting = index.text(Checkpoint.CLASS_NAME, "").contains("Inpaint");
        config.addProperty("in_channels", forInpainting ? 9 : 4);
        return config;
    }

    private static JsonObject vaeConfig() {
        JsonObject config = new JsonObject();
        JsonArray channels = new JsonArray();
        List.of(128, 256, 512, 512).forEach(channels::add);
        config.add("block_out_channels", channels);
        return config;
    }
}
