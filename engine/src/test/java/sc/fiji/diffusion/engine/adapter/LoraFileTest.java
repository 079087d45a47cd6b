package sc.fiji.diffusion.engine.adapter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.safetensors.SafetensorsWriter;
import sc.fiji.diffusion.engine.tensor.Tensor;

/** Files that are broken, hostile, or for something else: each ends in one sentence that says where and how. */
class LoraFileTest {

    private static final String LAYER = "lora_unet_mid_block_attentions_0_transformer_blocks_0_attn1_to_q";
    private static final int SIZE = SmallUNet.weight("mid_block.attentions.0.transformer_blocks.0.attn1.to_q.weight")
            .size(0);

    @TempDir
    private Path folder;

    private final Map<String, Tensor> tensors = new LinkedHashMap<>();

    @Test
    void anAlphaThatIsNoNumberIsRefused() {
        good(LAYER);
        tensors.put(LAYER + ".alpha", Tensor.of(new float[] {Float.NaN}));
        assertRefused(LAYER + ".alpha: expected one finite number, found NaN");
        tensors.put(LAYER + ".alpha", Tensor.of(new float[2], 2));
        assertRefused("expected one finite number, found [2]");
    }

    @Test
    void aRankOfZeroIsRefused() {
        tensors.put(LAYER + ".lora_up.weight", Tensor.of(new float[0], SIZE, 0));
        tensors.put(LAYER + ".lora_down.weight", Tensor.of(new float[0], 0, SIZE));
        assertRefused("expected ranks and other sizes of 1 or more, found [", "0");
    }

    @Test
    void upAndDownOfDifferentRanksAreRefused() {
        tensors.put(LAYER + ".lora_up.weight", SmallUNet.random(1, SIZE, 3));
        tensors.put(LAYER + ".lora_down.weight", SmallUNet.random(2, 2, SIZE));
        assertRefused("with the same rank", "found [" + SIZE + ", 3] and [2, " + SIZE + "]");
    }

    @Test
    void aLayerWithoutItsOtherHalfIsRefused() {
        tensors.put(LAYER + ".lora_up.weight", SmallUNet.random(1, SIZE, 3));
        assertRefused("expected a tensor", ".lora_down.weight", "found only");
    }

    @Test
    void theSameLayerInTwoNamingsIsRefused() {
        good(LAYER);
        good("unet.mid_block.attentions.0.transformer_blocks.0.attn1.to_q");
        assertRefused("expected each part of a layer once");
    }

    @Test
    void theSameLayerByTwoCodesNamesIsRefused() {
        good(LAYER);
        good("lora_unet_middle_block_1_transformer_blocks_0_attn1_to_q");
        assertRefused("expected each layer once, found");
    }

    @Test
    void aShapeThatIsNotTheLayersIsRefused() {
        tensors.put(LAYER + ".lora_up.weight", SmallUNet.random(1, SIZE + 1, 3));
        tensors.put(LAYER + ".lora_down.weight", SmallUNet.random(2, 3, SIZE));
        assertRefused(
                "expected a change of shape [" + SIZE + ", " + SIZE + "]", "found [" + (SIZE + 1) + ", " + SIZE + "]");
    }

    @Test
    void oneForAnotherFamilyIsToldWithBothNames() {
        String layer = "lora_unet_mid_block_attentions_0_transformer_blocks_0_attn2_to_k";
        tensors.put(layer + ".lora_up.weight", SmallUNet.random(1, SIZE, 3));
        tensors.put(layer + ".lora_down.weight", SmallUNet.random(2, 3, 2048));
        assertRefused("as micrograph is, found one for Stable Diffusion XL");
    }

    @Test
    void oneThatMatchesNoLayerIsRefused() {
        good("lora_unet_middle_block_7_1_somewhere_else");
        assertRefused("expected a LoRA for the layers of micrograph", "found none of them among its 1");
    }

    @Test
    void aFewLayersWithoutAPlaceAreNoted() {
        good(LAYER);
        good("lora_unet_middle_block_7_1_somewhere_else");
        assertEquals(
                "1 of 2 layers not used, as the model has none of these names",
                adaptation().used().get(0).note());
    }

    @Test
    void oneForATransformerIsToldSo() {
        good("transformer.single_transformer_blocks.0.attn.to_q");
        assertRefused("expected a LoRA for the UNet or the text encoder of Stable Diffusion", "FLUX");
    }

    @ParameterizedTest
    @CsvSource({
        "dora_scale, DoRA",
        "lora_magnitude_vector.weight, DoRA",
        "oft_blocks, OFT",
        "on_input, (IA)³",
        "b1.weight, GLoRA",
        "diff, whole differences of weights",
        "something_new, tensors of another kind",
    })
    void otherMethodsAreRefusedByName(String ending, String name) {
        good(LAYER);
        tensors.put(LAYER + "." + ending, SmallUNet.random(3, SIZE));
        assertRefused("expected a LoRA, LoCon, LoHa or LoKr, found " + name, "not supported");
    }

    @Test
    void alphasInTheMetadataOfDiffusersCount() {
        good("unet.mid_block.attentions.0.transformer_blocks.0.attn1.to_q");
        good("unet.mid_block.attentions.0.transformer_blocks.0.attn1.to_k");
        Path file = folder.resolve("lora.safetensors");
        SafetensorsWriter.write(
                file,
                tensors,
                Map.of(
                        "lora_adapter_metadata",
                        "{\"unet.lora_alpha\": 6, \"unet.r\": 3, \"unet.alpha_pattern\": {\"attn1.to_k\": 12}}"));
        Map<String, LoraLayer> layers = LoraFile.open(file).layers(AdaptedNetwork.UNET);
        String attention = "mid_block_attentions_0_transformer_blocks_0_attn1_";
        assertEquals(2, layers.get(attention + "to_q").scale());
        assertEquals(4, layers.get(attention + "to_k").scale());
    }

    @Test
    void anAlphaInTheMetadataThatIsNoNumberIsRefused() {
        good("unet.mid_block.attentions.0.transformer_blocks.0.attn1.to_q");
        Path file = folder.resolve("lora.safetensors");
        for (String alpha : List.of("NaN", "\"much\"", "{}")) {
            SafetensorsWriter.write(
                    file, tensors, Map.of("lora_adapter_metadata", "{\"unet.lora_alpha\": " + alpha + "}"));
            CheckpointException e = assertThrows(CheckpointException.class, () -> LoraFile.open(file));
            assertTrue(
                    e.getMessage().matches(".*(expected a finite alpha|lora_adapter_metadata: expected).*"),
                    e.getMessage());
        }
    }

    @Test
    void theFirstNamingOfDiffusersIsKnown() {
        String attention = "unet.mid_block.attentions.0.transformer_blocks.0.attn1.processor.";
        for (String layer : List.of("to_q_lora", "to_out_lora")) {
            tensors.put(attention + layer + ".up.weight", SmallUNet.random(1, SIZE, 3));
            tensors.put(attention + layer + ".down.weight", SmallUNet.random(2, 3, SIZE));
        }
        String found = "mid_block.attentions.0.transformer_blocks.0.attn1.";
        assertEquals(
                Set.of(found + "to_q.weight", found + "to_out.0.weight"),
                adaptation().unet().changes().keySet());
    }

    @Test
    void theFirstNamingOfDiffusersIsKnownInTextEncodersToo() {
        String attention = "text_model.encoder.layers.0.self_attn.";
        for (String part : List.of("q", "k", "v", "out")) {
            LoraKey key = LoraKey.parse("text_encoder." + attention + "to_" + part + "_lora.up.weight")
                    .orElseThrow();
            assertEquals(AdaptedNetwork.TEXT_ENCODER, key.network());
            assertEquals((attention + part + "_proj").replace('.', '_'), key.layer());
            assertEquals(LoraPart.UP, key.part().orElseThrow());
        }
    }

    @Test
    void peftsOwnFilesAreScaledByTheSettingsBesideThem() throws IOException {
        good("base_model.model.mid_block.attentions.0.transformer_blocks.0.attn1.to_q");
        Path file = SmallUNet.write(folder, "adapter_model", tensors);
        Path settings = folder.resolve("adapter_config.json");
        assertEquals(1, scale(file));
        Files.writeString(settings, "{\"lora_alpha\": 6, \"r\": 3}");
        assertEquals(2, scale(file));
        Files.writeString(settings, "{\"lora_alpha\": 6, \"use_rslora\": true}");
        assertEquals(6 / Math.sqrt(3), scale(file));
        Files.writeString(settings, "{\"lora_alpha\": 6, \"use_dora\": true}");
        CheckpointException e = assertThrows(CheckpointException.class, () -> LoraFile.open(file));
        assertTrue(e.getMessage().contains("found DoRA"), e.getMessage());
    }

    private static double scale(Path file) {
        return LoraFile.open(file)
                .layers(AdaptedNetwork.UNET)
                .values()
                .iterator()
                .next()
                .scale();
    }

    @Test
    void aPickleIsRefusedWithTheReason() throws IOException {
        Path pickle = Files.write(folder.resolve("lora.pt"), new byte[] {'P', 'K', 3, 4, 0, 0, 0, 0, 0});
        CheckpointException e = assertThrows(CheckpointException.class, () -> LoraFile.open(pickle));
        assertTrue(e.getMessage().contains("can run any code"), e.getMessage());
    }

    @Test
    void strengthsBeyondReasonAreRefused() {
        good(LAYER);
        LoraFile file = LoraFile.open(SmallUNet.write(folder, "lora", tensors));
        for (double strength : new double[] {Double.NaN, 101, Double.NEGATIVE_INFINITY}) {
            RequestException e = assertThrows(RequestException.class, () -> Lora.of(file, strength));
            assertEquals("LoRA lora: expected a strength from -100 to 100, found " + strength, e.getMessage());
        }
    }

    private void good(String layer) {
        boolean peft = layer.contains(".");
        tensors.put(layer + (peft ? ".lora_B.weight" : ".lora_up.weight"), SmallUNet.random(1, SIZE, 3));
        tensors.put(layer + (peft ? ".lora_A.weight" : ".lora_down.weight"), SmallUNet.random(2, 3, SIZE));
    }

    private ModelAdaptation adaptation() {
        Lora lora = Lora.of(LoraFile.open(SmallUNet.write(folder, "lora", tensors)), 1);
        return ModelAdaptation.of(SmallUNet.CHECKPOINT, new Adapters(List.of(lora), List.of()));
    }

    private void assertRefused(String... parts) {
        CheckpointException e = assertThrows(CheckpointException.class, this::adaptation);
        assertTrue(e.getMessage().contains("lora.safetensors: "), e.getMessage());
        for (String part : parts) {
            assertTrue(e.getMessage().contains(part), "expected \"" + part + "\" in: " + e.getMessage());
        }
    }
}
