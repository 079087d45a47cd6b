package sc.fiji.diffusion.engine.checkpoint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.Reference;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;
import sc.fiji.diffusion.engine.safetensors.SafetensorsWriter;
import sc.fiji.diffusion.engine.tensor.Tensor;

class ControlNetCheckpointTest {

    @TempDir
    private Path temporary;

    @Test
    void aFileIsReadWithTheConfigurationBesideIt() throws IOException {
        Path folder = Reference.folder().resolve("controlnet");
        Files.copy(folder.resolve("config.json"), temporary.resolve("config.json"));
        Path file = Files.copy(
                folder.resolve("diffusion_pytorch_model.safetensors"), temporary.resolve("canny.safetensors"));
        ControlNetCheckpoint opened = ControlNetCheckpoint.open(file);
        assertEquals("canny.safetensors", opened.name());
        assertEquals(ControlNetCheckpoint.open(folder).sha256(), opened.sha256());
        assertEquals("ControlNetModel", opened.component(unet()).config().text("_class_name", ""));
    }

    @Test
    void aFileAloneIsReadWithTheConfigurationOfTheUNetThatItIsACopyOf() throws IOException {
        Path file = Files.copy(
                Reference.folder().resolve("controlnet").resolve("diffusion_pytorch_model.safetensors"),
                temporary.resolve("canny.safetensors"));
        Component unet = unet();
        assertSame(
                unet.config(), ControlNetCheckpoint.open(file).component(unet).config());
    }

    @ParameterizedTest
    @ValueSource(strings = {"control_model.", ""})
    void theOriginalNamesAreBroughtToDiffusersOnes(String prefix) {
        SafetensorsFile weights = SafetensorsFile.open(
                Reference.folder().resolve("controlnet").resolve("diffusion_pytorch_model.safetensors"));
        Map<String, Tensor> original = new LinkedHashMap<>();
        weights.tensors().keySet().forEach(name -> original.put(prefix + original(name), weights.readFloats(name)));
        Path file = temporary.resolve("control.safetensors");
        SafetensorsWriter.write(file, original, Map.of());
        Weights renamed = ControlNetCheckpoint.open(file).component(unet()).weights();
        for (String name : weights.tensors().keySet()) {
            assertTrue(renamed.has(name), name + ", from " + original(name));
            WeightTensor tensor = renamed.get(name);
            assertEquals(
                    SafetensorsFile.open(file)
                            .fileOffset(SafetensorsFile.open(file).tensors().get(prefix + original(name))),
                    tensor.offset(),
                    name);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "lora_controlnet, a ControlLoRA",
        "task_embedding, a ControlNet-union",
        "lllite_unet.down.weight, a ControlNet-LLLite",
        "adapter.body.0.in_conv.weight, a T2I-Adapter",
        "body.0.block1.weight, a T2I-Adapter"
    })
    void otherKindsAreRefusedByName(String tensor, String kind) {
        Path file = temporary.resolve("other.safetensors");
        SafetensorsWriter.write(file, Map.of(tensor, Tensor.of(new float[1], 1)), Map.of());
        assertRefused(file, "expected a ControlNet, found " + kind + ", which is not supported");
    }

    @Test
    void aClassThatIsNoControlNetIsRefusedByName() throws IOException {
        Files.writeString(temporary.resolve("config.json"), "{\"_class_name\": \"T2IAdapter\"}");
        assertRefused(temporary, "found T2IAdapter, which is not supported");
    }

    @Test
    void picklesAndWhatIsNotThereAreRefused() throws IOException {
        Path pickle = Files.writeString(temporary.resolve("control.pth"), "x");
        assertRefused(pickle, "pickles (.pth, .bin) are refused");
        assertRefused(temporary.resolve("nowhere"), "expected a ControlNet's folder or file, found nothing there");
    }

    private static Component unet() {
        return Checkpoint.open(Reference.folder().resolve("sd15")).unet();
    }

    private static void assertRefused(Path path, String sentence) {
        String message = assertThrows(CheckpointException.class, () -> ControlNetCheckpoint.open(path))
                .getMessage();
        assertTrue(message.startsWith(path.toString()) && message.contains(sentence), message);
    }

    /** The names as the authors of ControlNet gave them, for a network of two layers a level. */
    private static String original(String name) {
        String[] parts = name.split("\\.", -1);
        String leaf = parts[parts.length - 1];
        return switch (parts[0]) {
            case "conv_in" -> "input_blocks.0.0." + leaf;
            case "time_embedding" -> "time_embed." + (parts[1].equals("linear_1") ? 0 : 2) + "." + leaf;
            case "controlnet_mid_block" -> "middle_block_out.0." + leaf;
            case "controlnet_down_blocks" -> "zero_convs." + parts[1] + ".0." + leaf;
            case "controlnet_cond_embedding" ->
                "input_hint_block."
                        + switch (parts[1]) {
                            case "conv_in" -> 0;
                            case "conv_out" -> 14;
                            default -> 2 * (Integer.parseInt(parts[2]) + 1);
                        }
                        + "." + leaf;
            case "mid_block" ->
                parts[1].equals("attentions")
                        ? "middle_block.1." + rest(parts, 3)
                        : "middle_block." + 2 * Integer.parseInt(parts[2]) + "." + resnet(parts, 3);
            default -> inputBlock(parts);
        };
    }

    private static String inputBlock(String[] parts) {
        int block = 1 + 3 * Integer.parseInt(parts[1]) + Integer.parseInt(parts[3]);
        return switch (parts[2]) {
            case "downsamplers" -> "input_blocks." + (block + 2) + ".0.op." + parts[parts.length - 1];
            case "attentions" -> "input_blocks." + block + ".1." + rest(parts, 4);
            default -> "input_blocks." + block + ".0." + resnet(parts, 4);
        };
    }

    private static String resnet(String[] parts, int from) {
        String leaf = parts[parts.length - 1];
        return switch (parts[from]) {
            case "norm1" -> "in_layers.0." + leaf;
            case "conv1" -> "in_layers.2." + leaf;
            case "time_emb_proj" -> "emb_layers.1." + leaf;
            case "norm2" -> "out_layers.0." + leaf;
            case "conv2" -> "out_layers.3." + leaf;
            default -> "skip_connection." + leaf;
        };
    }

    private static String rest(String[] parts, int from) {
        return String.join(".", Arrays.asList(parts).subList(from, parts.length));
    }
}
