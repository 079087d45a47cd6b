package sc.fiji.diffusion.engine.checkpoint;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.checkpoint.CheckpointParts.SecondTextEncoder;
import sc.fiji.diffusion.engine.checkpoint.original.FileKind;
import sc.fiji.diffusion.engine.checkpoint.original.NamedNetwork;
import sc.fiji.diffusion.engine.checkpoint.original.OriginalClipText;
import sc.fiji.diffusion.engine.checkpoint.original.OriginalOpenClipText;
import sc.fiji.diffusion.engine.checkpoint.original.OriginalUNet;
import sc.fiji.diffusion.engine.checkpoint.original.OriginalVae;
import sc.fiji.diffusion.engine.checkpoint.original.OriginalVaeFile;
import sc.fiji.diffusion.engine.checkpoint.original.TensorShapes;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;

/** Reads a model whose networks are all in one safetensors file, under the original key names. */
final class SingleFile {

    private static final String UNET = "model.diffusion_model.";
    private static final String CLIP = "cond_stage_model.transformer.";
    private static final String OPEN_CLIP = "cond_stage_model.model.";
    private static final String XL_CLIP = "conditioner.embedders.0.transformer.";
    private static final String XL_OPEN_CLIP = "conditioner.embedders.1.model.";

    private final Path path;
    private final SafetensorsFile file;
    private final TensorShapes shapes;
    private final Family family;
    private final ConfigFolder configs;
    private final TokenizerSearch tokenizers;

    private SingleFile(Path path, CheckpointOptions options) {
        this.path = path;
        this.file = SafetensorsFile.open(path);
        this.shapes = Weights.shapes(file);
        FileKind kind = FileKind.of(shapes);
        if (!kind.isWholeModel()) {
            throw new CheckpointException(
                    path + ": expected a whole model of Stable Diffusion 1.x, 2.x or XL, found " + kind.label());
        }
        this.family = Family.of(kind);
        this.configs = ConfigFolder.of(path, options);
        this.tokenizers = new TokenizerSearch(options.tokenizer(), configs.folder(), path);
    }

    static CheckpointParts read(Path path, CheckpointOptions options) {
        return new SingleFile(path, options).parts(options);
    }

    private CheckpointParts parts(CheckpointOptions options) {
        Component textEncoder = component("text_encoder", textEncoder());
        Component vae = options.vae()
                .map(other -> ReplacedVae.open(other, family.scalingFactor()))
                .orElseGet(() -> component("vae", vae()));
        Prediction prediction = Prediction.of(file, family);
        int nativeSize = FileMetadata.of(file).nativeSize().orElseGet(() -> family.nativeSize(prediction));
        return new CheckpointParts(
                configs.index(family::index),
                textEncoder,
                tokenizer(textEncoder, "tokenizer", family.padding()),
                family == Family.STABLE_DIFFUSION_XL ? Optional.of(second()) : Optional.empty(),
                component("unet", unet(nativeSize / Checkpoint.vaeScaleFactor(vae.config()))),
                vae,
                Optional.of(vae),
                configs.scheduler(() -> family.scheduler(prediction)),
                List.of(path));
    }

    private NamedNetwork textEncoder() {
        return switch (family) {
            case STABLE_DIFFUSION_1 -> OriginalClipText.read(shapes.below(CLIP));
            case STABLE_DIFFUSION_2 -> OriginalOpenClipText.withoutLastLayer(shapes.below(OPEN_CLIP));
            case STABLE_DIFFUSION_XL -> OriginalClipText.read(shapes.below(XL_CLIP));
        };
    }

    private SecondTextEncoder second() {
        Component component =
                component("text_encoder_2", OriginalOpenClipText.withProjection(shapes.below(XL_OPEN_CLIP)));
        return new SecondTextEncoder(component, tokenizer(component, "tokenizer_2", family.secondPadding()));
    }

    private NamedNetwork unet(int sampleSize) {
        OptionalInt pooledSize = family == Family.STABLE_DIFFUSION_XL
                ? OptionalInt.of(OriginalOpenClipText.pooledSize(shapes.below(XL_OPEN_CLIP)))
                : OptionalInt.empty();
        return OriginalUNet.read(shapes.below(UNET), sampleSize, pooledSize);
    }

    private NamedNetwork vae() {
        TensorShapes vae = OriginalVaeFile.find(shapes)
                .orElseThrow(() -> new CheckpointException(path
                        + ": expected a VAE (first_stage_model), found none; another file's can be named (--vae)"));
        return OriginalVae.read(vae, family.scalingFactor());
    }

    private Component component(String name, NamedNetwork network) {
        return new Component(configs.component(name, network.config()), Weights.named(file, network.tensors()));
    }

    private Optional<TokenizerFolder> tokenizer(Component textEncoder, String name, Optional<String> padding) {
        int vocabularySize = textEncoder.config().size("vocab_size", 49408, 1 << 20);
        return tokenizers.find(name, vocabularySize, padding);
    }
}
