package sc.fiji.diffusion.engine.checkpoint.original;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.google.gson.JsonPrimitive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.Reference;
import sc.fiji.diffusion.engine.checkpoint.Weights;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;
import sc.fiji.diffusion.engine.tensor.Tensor;

/**
 * The reference models, twice as wide so that their heads follow the families' conventions, under the original names:
 * what is read of them must have the names of their folders, and say what their folders' configurations say.
 */
class OriginalNamesTest {

    /** Sizes that do not grow with a network: kernels, pixels, latents, tokens. */
    private static final Set<Integer> FIXED = Set.of(1, 3, 4, 8, 9, 77, 49408);

    /** Numbers in configurations that do. */
    private static final Set<String> WIDTHS = Set.of(
            "block_out_channels",
            "cross_attention_dim",
            "addition_time_embed_dim",
            "projection_class_embeddings_input_dim",
            "hidden_size",
            "intermediate_size",
            "projection_dim");

    /** Fields that no tensor shows and tests of whole images prove, or that the reference models have unlike their families. */
    private static final Set<String> NOT_SHOWN = Set.of(
            "norm_eps",
            "layer_norm_eps",
            "norm_num_groups",
            "attention_head_dim",
            "num_attention_heads",
            "scaling_factor",
            "sample_size");

    @ParameterizedTest
    @ValueSource(strings = {"sd15", "sd15-inpainting", "sdxl"})
    void theUNetsNamesAndConfigurationAreThoseOfItsFolder(String model) throws IOException {
        boolean isXl = model.equals("sdxl");
        Map<String, Tensor> tensors = widened(model, "unet");
        NamedNetwork unet = OriginalUNet.read(
                shapes(new OriginalLayout().unet(tensors, 2)).below("model.diffusion_model."),
                8,
                isXl ? OptionalInt.of(64) : OptionalInt.empty());
        assertEquals(
                new TreeSet<>(tensors.keySet()), new TreeSet<>(unet.tensors().keySet()));
        assertShown(model, "unet", unet.config().get());
        JsonElement heads = unet.config().get().get("attention_head_dim");
        assertEquals(isXl ? "[1,2,2]" : "8", heads.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sd15", "sdxl"})
    void theVaesNamesAndConfigurationAreThoseOfItsFolder(String model) throws IOException {
        Map<String, Tensor> tensors = widened(model, "vae");
        TensorShapes file = shapes(new OriginalLayout().vae("first_stage_model.", tensors, 4));
        NamedNetwork vae = OriginalVae.read(OriginalVaeFile.find(file).orElseThrow(), 0.5);
        assertEquals(
                new TreeSet<>(tensors.keySet()), new TreeSet<>(vae.tensors().keySet()));
        assertShown(model, "vae", vae.config().get());
        assertEquals(0.5, vae.config().get().get("scaling_factor").getAsDouble());
    }

    @Test
    void clipsNamesAndConfigurationAreThoseOfItsFolder() throws IOException {
        Map<String, Tensor> tensors = widened("sd15", "text_encoder");
        NamedNetwork clip = OriginalClipText.read(
                shapes(new OriginalLayout().clip("c.", tensors)).below("c."));
        assertEquals(
                new TreeSet<>(tensors.keySet()), new TreeSet<>(clip.tensors().keySet()));
        assertShown("sd15", "text_encoder", clip.config().get());
        assertEquals(1, clip.config().get().get("num_attention_heads").getAsInt());
    }

    @Test
    void clipWithoutItsUsualPrefixIsTheSame() throws IOException {
        Map<String, Tensor> tensors = widened("sd15", "text_encoder");
        Map<String, Tensor> shorter = new LinkedHashMap<>();
        tensors.forEach((name, tensor) -> shorter.put(name.replace("text_model.", ""), tensor));
        NamedNetwork clip = OriginalClipText.read(shapes(new OriginalLayout().clip("", shorter)));
        assertEquals(
                new TreeSet<>(tensors.keySet()), new TreeSet<>(clip.tensors().keySet()));
    }

    @Test
    void openClipsNamesAndConfigurationAreThoseOfItsFolder() throws IOException {
        Map<String, Tensor> tensors = widened("sdxl", "text_encoder_2");
        TensorShapes shapes = shapes(new OriginalLayout().openClip("", tensors));
        NamedNetwork clip = OriginalOpenClipText.withProjection(shapes);
        assertEquals(
                new TreeSet<>(tensors.keySet()), new TreeSet<>(clip.tensors().keySet()));
        assertShown("sdxl", "text_encoder_2", clip.config().get());
        assertEquals(64, OriginalOpenClipText.pooledSize(shapes));
        NamedNetwork second = OriginalOpenClipText.withoutLastLayer(shapes);
        assertEquals(2, second.config().get().get("num_hidden_layers").getAsInt());
    }

    @Test
    void aUNetWhoseLayersDifferInDepthIsRefused() throws IOException {
        Map<String, Tensor> tensors = widened("sdxl", "unet");
        tensors.keySet().removeIf(name -> name.startsWith("down_blocks.2.attentions.1.transformer_blocks.2."));
        TensorShapes shapes = shapes(new OriginalLayout().unet(tensors, 2)).below("model.diffusion_model.");
        String message = assertThrows(CheckpointException.class, () -> OriginalUNet.read(shapes, 8, OptionalInt.of(64)))
                .getMessage();
        assertTrue(
                message.contains(
                        "input_blocks.8.1: expected 3 transformer blocks, as the other layers of its level have, found 2"),
                message);
    }

    @Test
    void aUNetWithoutMiddleIsRefused() throws IOException {
        Map<String, Tensor> tensors = widened("sdxl", "unet");
        tensors.keySet().removeIf(name -> name.startsWith("mid_block."));
        NamedNetwork unet = OriginalUNet.read(
                shapes(new OriginalLayout().unet(tensors, 2)).below("model.diffusion_model."), 8, OptionalInt.of(64));
        String message = assertThrows(
                        CheckpointException.class, () -> unet.config().get())
                .getMessage();
        assertTrue(message.contains("a middle of depth 0"), message);
    }

    private static void assertShown(String model, String part, JsonObject found) throws IOException {
        Path file = Reference.folder().resolve(model).resolve(part).resolve("config.json");
        JsonObject expected = JsonParser.parseString(Files.readString(file)).getAsJsonObject();
        for (String field : found.keySet()) {
            if (!NOT_SHOWN.contains(field)) {
                JsonElement value = expected.get(field);
                String wanted = (WIDTHS.contains(field) ? twice(value) : value).toString();
                // One number stands for as many as there are levels.
                assertEquals(
                        wanted.equals("1") && found.get(field).isJsonArray() ? "[1,1,1,1]" : wanted,
                        found.get(field).toString(),
                        part + ": " + field);
            }
        }
    }

    private static JsonElement twice(JsonElement value) {
        return value.isJsonArray()
                ? Json.numbers(value.getAsJsonArray().asList().stream()
                        .map(size -> 2 * size.getAsInt())
                        .toList())
                : new JsonPrimitive(2 * value.getAsInt());
    }

    /** A component's tensors, without values and with twice the width. */
    private static Map<String, Tensor> widened(String model, String part) throws IOException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        Weights.inFolder(Reference.folder().resolve(model).resolve(part))
                .tensors()
                .forEach(tensor -> {
                    List<Integer> shape = new ArrayList<>();
                    // The quantizing convolutions are as wide as the latents.
                    boolean fixed = tensor.name().contains("quant_conv")
                            || tensor.name().startsWith("encoder.conv_out");
                    for (int i = 0; i < tensor.shape().size(); i++) {
                        int size = tensor.shape().get(i);
                        boolean grows = !FIXED.contains(size) && !(fixed && size == 8);
                        shape.add(grows ? 2 * size : size);
                    }
                    tensors.put(tensor.name(), zeros(shape));
                });
        return tensors;
    }

    private static Tensor zeros(List<Integer> shape) {
        int[] sizes = shape.stream().mapToInt(Integer::intValue).toArray();
        return new Tensor(sizes, new float[Tensor.count(sizes)]);
    }

    private static TensorShapes shapes(OriginalLayout layout) {
        Map<String, List<Integer>> shapes = new LinkedHashMap<>();
        layout.tensors()
                .forEach((name, tensor) ->
                        shapes.put(name, Arrays.stream(tensor.shape()).boxed().toList()));
        return TensorShapes.of("model.safetensors", shapes);
    }

    @Test
    void everyReferenceFileIsTold() {
        assertKind(FileKind.STABLE_DIFFUSION_1, "single-file/sd15");
        assertKind(FileKind.UNET_DIFFUSERS, "sdxl/unet/diffusion_pytorch_model.fp16");
        assertKind(FileKind.VAE_DIFFUSERS, "sdxl/vae/diffusion_pytorch_model.fp16");
        assertKind(FileKind.TEXT_ENCODER, "sdxl/text_encoder_2/model.fp16");
        assertKind(FileKind.CONTROLNET, "controlnet/diffusion_pytorch_model");
        assertKind(FileKind.LORA_KOHYA, "lora/sd15_kohya");
        assertKind(FileKind.LORA_PEFT, "lora/sd15_diffusers");
        assertKind(FileKind.UNKNOWN, "noise");
    }

    private static void assertKind(FileKind kind, String file) {
        Path path = Reference.folder().resolve(file + ".safetensors");
        assertEquals(kind, FileKind.of(Weights.shapes(SafetensorsFile.open(path))), file);
    }

    @Test
    void kindsOfWhichThereIsNoReferenceAreToldByTheirNames() {
        assertKind(FileKind.TEXTUAL_INVERSION, Map.of("emb_params", List.of(2, 768)));
        assertKind(FileKind.TEXTUAL_INVERSION, Map.of("clip_l", List.of(1, 768), "clip_g", List.of(1, 1280)));
        assertKind(FileKind.TEXTUAL_INVERSION, Map.of("<cat-toy>", List.of(768)));
        List<Integer> first = List.of(320, 4, 3, 3);
        assertKind(
                FileKind.EDM, Map.of("edm_mean", List.of(4), "model.diffusion_model.input_blocks.0.0.weight", first));
        assertKind(FileKind.TINY_VAE, Map.of("decoder.layers.1.weight", List.of(64, 4, 3, 3)));
        assertKind(FileKind.UPSCALER, Map.of("model.1.sub.0.RDB1.conv1.0.weight", List.of(32, 64, 3, 3)));
        assertKind(FileKind.FLUX, Map.of("double_blocks.0.img_attn.qkv.weight", List.of(9216, 3072)));
        assertKind(
                FileKind.STABLE_DIFFUSION_3,
                Map.of("model.diffusion_model.joint_blocks.0.x_block.attn.qkv.weight", List.of(4608, 1536)));
        assertKind(
                FileKind.UNET_ORIGINAL, Map.of("model.diffusion_model.input_blocks.0.0.weight", List.of(320, 4, 3, 3)));
    }

    private static void assertKind(FileKind kind, Map<String, List<Integer>> shapes) {
        assertEquals(kind, FileKind.of(TensorShapes.of("x.safetensors", shapes)));
    }
}
