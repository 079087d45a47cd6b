package sc.fiji.diffusion.engine.checkpoint;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.checkpoint.CheckpointParts.SecondTextEncoder;

/** Reads a folder in the layout that diffusers writes: {@code model_index.json}, and a folder for each component. */
final class HuggingFaceFolder {

    static final String INDEX = "model_index.json";
    static final Path SCHEDULER = Path.of("scheduler", "scheduler_config.json");

    /**
     * All hold the same networks, those of XL a second text encoder; a UNet for inpainting has more channels. A ControlNet
     * that lies among them is used where it is named.
     */
    static final Set<String> PIPELINE_CLASSES = Set.of(
            "StableDiffusionPipeline",
            "StableDiffusionImg2ImgPipeline",
            "StableDiffusionInpaintPipeline",
            "LatentConsistencyModelPipeline",
            "LatentConsistencyModelImg2ImgPipeline",
            "StableDiffusionInstructPix2PixPipeline",
            "StableDiffusionControlNetPipeline",
            "StableDiffusionControlNetImg2ImgPipeline",
            "StableDiffusionControlNetInpaintPipeline",
            "StableDiffusionXLControlNetPipeline",
            "StableDiffusionXLControlNetImg2ImgPipeline",
            "StableDiffusionXLControlNetInpaintPipeline",
            "StableDiffusionXLPipeline",
            "StableDiffusionXLImg2ImgPipeline",
            "StableDiffusionXLInpaintPipeline");

    private HuggingFaceFolder() {}

    static CheckpointParts read(Path folder, ConfigFile index, CheckpointOptions options) {
        index.requireOneOf(Checkpoint.CLASS_NAME, PIPELINE_CLASSES);
        boolean isXl = Checkpoint.isXl(index);
        requireFolders(folder, List.of("text_encoder", "unet", "vae", "tokenizer", "scheduler"));
        requireFolders(folder, isXl ? List.of("text_encoder_2", "tokenizer_2") : List.of());
        Component textEncoder = Component.open(folder.resolve("text_encoder"));
        Optional<SecondTextEncoder> second = isXl ? Optional.of(second(folder, options)) : Optional.empty();
        Component unet = Component.open(folder.resolve("unet"));
        Component own = Component.open(folder.resolve("vae"));
        Component vae = ReplacedVae.of(options, own.config()).orElse(own);
        return new CheckpointParts(
                index,
                textEncoder,
                Optional.of(tokenizer(folder.resolve("tokenizer"), options)),
                second,
                unet,
                vae,
                Optional.of(vae),
                ConfigFile.read(folder.resolve(SCHEDULER)),
                Stream.of(
                                Stream.of(textEncoder),
                                second.map(SecondTextEncoder::component).stream(),
                                Stream.of(unet, own))
                        .flatMap(parts -> parts)
                        .flatMap(part -> part.files().stream())
                        .toList());
    }

    private static SecondTextEncoder second(Path folder, CheckpointOptions options) {
        return new SecondTextEncoder(
                Component.open(folder.resolve("text_encoder_2")),
                Optional.of(tokenizer(folder.resolve("tokenizer_2"), options)));
    }

    private static TokenizerFolder tokenizer(Path own, CheckpointOptions options) {
        return TokenizerFolder.own(options.tokenizer().orElse(own));
    }

    private static void requireFolders(Path path, List<String> parts) {
        for (String part : parts) {
            if (!Files.isDirectory(path.resolve(part))) {
                throw new CheckpointException(path + ": expected the folder " + part + ", found none");
            }
        }
    }
}
