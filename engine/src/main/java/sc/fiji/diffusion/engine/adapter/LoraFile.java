package sc.fiji.diffusion.engine.adapter;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.checkpoint.WeightTensor;
import sc.fiji.diffusion.engine.checkpoint.Weights;
import sc.fiji.diffusion.engine.checkpoint.WeightsHash;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * A LoRA (LoCon, LoHa and LoKr too) on disk, with kohya's key names or those of diffusers and PEFT. Opening it reads
 * the header and the {@code alpha} numbers, and checks that the tensors of each layer belong together; whether they fit
 * a model shows when they meet. Immutable and thread-safe.
 */
public final class LoraFile {

    private static final String ENDING = ".safetensors";

    private final Path path;
    private final String sha256;
    private final Map<AdaptedNetwork, Map<String, LoraLayer>> layers = new EnumMap<>(AdaptedNetwork.class);

    private LoraFile(
            Path path,
            Map<AdaptedNetwork, Map<String, LoraLayer.Parts>> parts,
            SafetensorsFile file,
            boolean isOfPeft) {
        this.path = path;
        this.sha256 = WeightsHash.of(path);
        parts.forEach((network, found) -> {
            LoraSettings settings =
                    isOfPeft ? LoraSettings.beside(path) : LoraSettings.read(path, file.metadata(), network);
            Map<String, LoraLayer> understood = new LinkedHashMap<>();
            found.forEach((key, layer) -> understood.put(
                    key, checked(layer.layer(layer.alpha().map(tensor -> alpha(file, tensor)), settings))));
            layers.put(network, understood);
        });
    }

    /**
     * @throws CheckpointException if it is no safetensors file, holds no LoRA, or one of a kind that is not supported;
     *     if its parts don't fit together, or an alpha is no number
     */
    public static LoraFile open(Path path) {
        SafetensorsFile file = SafetensorsFile.open(path);
        Weights weights = Weights.ofFile(path);
        Map<AdaptedNetwork, Map<String, LoraLayer.Parts>> parts = new EnumMap<>(AdaptedNetwork.class);
        String foreign = "nothing";
        for (String name : weights.names()) {
            Optional<LoraKey> key = LoraKey.parse(name);
            if (key.isEmpty()) {
                foreign = name;
                continue;
            }
            requireNotEmpty(path, weights.get(name));
            LoraPart part = key.get().part().orElseThrow(() -> otherMethod(path, name));
            parts.computeIfAbsent(key.get().network(), network -> new LinkedHashMap<>())
                    .computeIfAbsent(key.get().layer(), layer -> new LoraLayer.Parts(path, layer))
                    .add(part, weights.get(name));
        }
        if (parts.isEmpty()) {
            throw new CheckpointException(
                    path + ": expected a LoRA for the UNet or the text encoder of Stable Diffusion"
                            + " 1.x, 2.x or XL, found " + foreign + kind(foreign));
        }
        return new LoraFile(path, parts, file, weights.names().stream().anyMatch(LoraKey::isOfPeft));
    }

    /** So that sizes multiplied are at most the file's. */
    private static void requireNotEmpty(Path path, WeightTensor tensor) {
        if (tensor.shape().contains(0)) {
            throw new CheckpointException(path + ": tensor " + tensor.name()
                    + ": expected ranks and other sizes of 1 or more, found " + tensor.shape());
        }
    }

    private static CheckpointException otherMethod(Path path, String name) {
        return new CheckpointException(path + ": expected a LoRA, LoCon, LoHa or LoKr, found "
                + LoraPart.otherMethod(name).orElse("tensors of another kind") + ", which is not supported (" + name
                + ")");
    }

    private static String kind(String name) {
        if (name.contains("single_blocks") || name.contains("single_transformer_blocks")) {
            return ", as LoRAs for FLUX have";
        }
        if (name.contains("joint_blocks") || name.startsWith("transformer.") || name.startsWith("lora_transformer_")) {
            return ", as LoRAs for transformers (Stable Diffusion 3, FLUX) have";
        }
        boolean embedding = name.equals("emb_params") || name.equals("clip_l") || name.equals("clip_g");
        return embedding ? ", as textual inversions have" : "";
    }

    private LoraLayer checked(LoraLayer layer) {
        if (!Double.isFinite(layer.scale())) {
            throw new CheckpointException(
                    path + ": layer " + layer.key() + ": expected a finite alpha, found " + layer.scale());
        }
        return layer;
    }

    private static double alpha(SafetensorsFile file, WeightTensor tensor) {
        Tensor values = tensor.count() == 1 ? file.readFloats(tensor.name()) : Tensor.of(new float[0], 0);
        if (tensor.count() != 1 || !values.isFinite()) {
            throw new CheckpointException(
                    file.path() + ": tensor " + tensor.name() + ": expected one finite number, found "
                            + (tensor.count() == 1 ? values.values()[0] : tensor.shape()));
        }
        return values.values()[0];
    }

    public Path path() {
        return path;
    }

    /** The file's name without its ending. */
    public String name() {
        String name = path.getFileName().toString();
        return name.endsWith(ENDING) ? name.substring(0, name.length() - ENDING.length()) : name;
    }

    /** SHA-256 of the file, in hexadecimal. */
    public String sha256() {
        return sha256;
    }

    /** What it says of a network's layers, by their names with underscores in place of dots. */
    Map<String, LoraLayer> layers(AdaptedNetwork network) {
        return layers.getOrDefault(network, Map.of());
    }

    /** How many layers it changes in all networks. */
    int layerCount() {
        return layers.values().stream().mapToInt(Map::size).sum();
    }

    /** The length of the text's hidden states that the UNet it is for attends to, if it changes such a layer. */
    OptionalInt crossAttentionSize() {
        return layers(AdaptedNetwork.UNET).entrySet().stream()
                .filter(layer -> layer.getKey().endsWith("_attn2_to_k"))
                .map(layer -> layer.getValue().delta().shape())
                .filter(shape -> shape.size() == 2)
                .mapToInt(shape -> shape.get(1))
                .findFirst();
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
