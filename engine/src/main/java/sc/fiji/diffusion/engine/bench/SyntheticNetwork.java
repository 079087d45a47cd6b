package sc.fiji.diffusion.engine.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import sc.fiji.diffusion.engine.adapter.Adaptation;
import sc.fiji.diffusion.engine.checkpoint.Component;
import sc.fiji.diffusion.engine.checkpoint.ConfigFile;
import sc.fiji.diffusion.engine.checkpoint.WantedWeights;
import sc.fiji.diffusion.engine.graph.Precision;
import sc.fiji.diffusion.engine.network.Autoencoder;
import sc.fiji.diffusion.engine.network.ClipText;
import sc.fiji.diffusion.engine.network.GraphForm;
import sc.fiji.diffusion.engine.network.UNet2DCondition;

/**
 * One network of a checkpoint, and which tensors it has. The network says so itself: its graph is written over weights
 * that only remember what they were asked for. What a network reads off a checkpoint rather than its configuration
 * (which biases there are, for one) is said here, as diffusers and transformers have it.
 */
enum SyntheticNetwork {
    TEXT_ENCODER("model.safetensors"),
    TEXT_ENCODER_2("model.safetensors"),
    UNET("diffusion_pytorch_model.safetensors"),
    VAE("diffusion_pytorch_model.safetensors");

    private static final int LARGEST = 1 << 16;

    private static final String PROJECTION = "text_projection";
    private static final String SHORTCUT = ".conv_shortcut.";
    private static final Pattern UNET_WITHOUT_BIAS =
            Pattern.compile(".*\\.to_[qkv]\\.bias|time_embedding\\.cond_proj\\.bias");
    private static final Pattern UNET_PROJECTION = Pattern.compile(".*\\.proj_(in|out)\\.weight");

    /** Any would do; this one asks for nothing but what is in the checkpoint. */
    private static final GraphForm FORM = new GraphForm(GraphForm.Operators.PLAIN, Precision.FLOAT32);

    private final String weightsFile;

    SyntheticNetwork(String weightsFile) {
        this.weightsFile = weightsFile;
    }

    /** Its folder in the checkpoint. */
    String folder() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name of the file with its weights. */
    String weightsFile() {
        return weightsFile;
    }

    /** Shapes of all its tensors, by name. */
    Map<String, List<Integer>> shapes(ConfigFile config) {
        return switch (this) {
            case TEXT_ENCODER, TEXT_ENCODER_2 -> textEncoder(config);
            case UNET -> unet(config);
            case VAE -> vae(config);
        };
    }

    private static Map<String, List<Integer>> textEncoder(ConfigFile config) {
        boolean hasProjection = config.texts("architectures", List.of()).contains("CLIPTextModelWithProjection");
        WantedWeights weights = wanted(
                config,
                name -> name.startsWith(PROJECTION) ? hasProjection && name.endsWith(".weight") : true,
                Map.of(
                        PROJECTION + ".weight",
                        List.of(
                                config.size("projection_dim", 512, LARGEST),
                                config.size("hidden_size", 512, LARGEST))));
        ClipText.graph(new Component(config, weights), Adaptation.NONE, FORM);
        return weights.shapes();
    }

    private static Map<String, List<Integer>> unet(ConfigFile config) {
        WantedWeights weights =
                wanted(config, name -> !UNET_WITHOUT_BIAS.matcher(name).matches(), Map.of());
        UNet2DCondition.graph(new Component(config, weights), Adaptation.NONE, FORM);
        Map<String, List<Integer>> shapes = withNeededShortcuts(weights.shapes());
        if (!config.flag("use_linear_projection", false)) {
            shapes.replaceAll((name, shape) -> UNET_PROJECTION.matcher(name).matches()
                    ? Stream.concat(shape.stream(), Stream.of(1, 1)).toList()
                    : shape);
        }
        return shapes;
    }

    private static Map<String, List<Integer>> vae(ConfigFile config) {
        WantedWeights weights = wanted(config, name -> true, Map.of());
        Autoencoder autoencoder = Autoencoder.of(new Component(config, weights));
        autoencoder.encoderGraph(FORM);
        autoencoder.decoderGraph(FORM);
        return withNeededShortcuts(weights.shapes());
    }

    private static WantedWeights wanted(ConfigFile config, Predicate<String> exists, Map<String, List<Integer>> known) {
        return new WantedWeights(config.path(), exists, known);
    }

    /** A block's shortcut has weights only where its input and output differ in channels. */
    private static Map<String, List<Integer>> withNeededShortcuts(Map<String, List<Integer>> shapes) {
        Map<String, List<Integer>> needed = new LinkedHashMap<>(shapes);
        shapes.forEach((name, shape) -> {
            if (name.endsWith(SHORTCUT + "weight") && shape.get(0).equals(shape.get(1))) {
                needed.remove(name);
                needed.remove(name.replace(SHORTCUT + "weight", SHORTCUT + "bias"));
            }
        });
        return needed;
    }
}
