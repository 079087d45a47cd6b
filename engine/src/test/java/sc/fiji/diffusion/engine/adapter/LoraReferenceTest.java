package sc.fiji.diffusion.engine.adapter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.Progress;
import sc.fiji.diffusion.engine.Reference;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.checkpoint.Weights;
import sc.fiji.diffusion.engine.network.GraphForm;
import sc.fiji.diffusion.engine.network.UNet2DCondition;
import sc.fiji.diffusion.engine.runtime.InferenceSession;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;
import sc.fiji.diffusion.engine.safetensors.SafetensorsWriter;
import sc.fiji.diffusion.engine.tensor.Tensor;

/** A LoRA against what diffusers computes with the same file, and the names that layers have. */
class LoraReferenceTest {

    private static final double TOLERANCE = 1e-4;

    @TempDir
    private Path temporary;

    private final Path folder = Reference.folder().resolve("lora");
    private final Checkpoint sd15 = Checkpoint.open(Reference.folder().resolve("sd15"));
    private final SafetensorsFile golden = SafetensorsFile.open(folder.resolve("golden.safetensors"));

    @ParameterizedTest
    @ValueSource(strings = {"sd15_kohya", "sd15_diffusers"})
    void bothNamingsGiveTheReferencesPrediction(String name) {
        float[] predicted = predict(List.of(lora(name, 0.8)));
        Reference.assertClose(
                name, golden.readFloats("unet_out_t500_strength080").values(), predicted, TOLERANCE);
        Reference.assertClose("base", golden.readFloats("unet_out_t500_base").values(), predict(List.of()), TOLERANCE);
    }

    @Test
    void severalAddUpAndCancelOut() {
        float[] whole = predict(List.of(lora("sd15_kohya", 0.8)));
        float[] summed = predict(List.of(lora("sd15_kohya", 0.3), lora("sd15_diffusers", 0.5)));
        Reference.assertClose("0.3 and 0.5", whole, summed, 1e-5);
        float[] cancelled = predict(List.of(lora("sd15_kohya", 0.8), lora("sd15_diffusers", -0.8)));
        Reference.assertClose("0.8 and -0.8", predict(List.of()), cancelled, 1e-5);
        float[] negative = predict(List.of(lora("sd15_kohya", -0.8)));
        assertTrue(Reference.relativeError(negative, whole) > 0.01, "a negative strength turns it round");
    }

    @Test
    void strengthZeroChangesNoBit() {
        assertArrayEquals(predict(List.of()), predict(List.of(lora("sd15_kohya", 0))));
    }

    @Test
    void everyLayerOfTheReferenceIsFound() {
        for (String name : List.of("sd15_kohya", "sd15_diffusers")) {
            ModelAdaptation adaptation = ModelAdaptation.of(sd15, new Adapters(List.of(lora(name, 1)), List.of()));
            assertEquals("", adaptation.used().get(0).note(), name);
            assertEquals(176, adaptation.unet().changes().size(), name);
        }
    }

    @Test
    void theOriginalCodesNamesAreThoseOfTheSingleFile() {
        LayerNames names = new LayerNames(sd15.unet().weights());
        Weights single =
                Weights.ofFile(Reference.folder().resolve("single-file").resolve("sd15.safetensors"));
        String prefix = "model.diffusion_model.";
        int found = 0;
        for (String name : single.names()) {
            if (name.startsWith(prefix)
                    && name.endsWith(".weight")
                    && single.get(name).shape().size() >= 2) {
                String layer = name.substring(prefix.length(), name.length() - ".weight".length());
                assertEquals(
                        single.get(name).shape(),
                        names.find(layer.replace('.', '_'))
                                .orElseThrow(() -> new AssertionError(layer))
                                .shape(),
                        layer);
                found++;
            }
        }
        assertEquals(
                sd15.unet().weights().names().stream()
                        .filter(name -> sd15.unet().weights().get(name).shape().size() >= 2)
                        .count(),
                found,
                "layers");
    }

    @Test
    void aLoraWithTheOriginalCodesNamesChangesTheSameLayersOfXl() {
        Checkpoint sdxl = Checkpoint.open(Reference.folder().resolve("sdxl"));
        Map<String, String> names = Map.of(
                "lora_unet_input_blocks_4_1_transformer_blocks_0_attn1_to_q",
                "down_blocks.1.attentions.0.transformer_blocks.0.attn1.to_q",
                "lora_unet_input_blocks_3_0_op",
                "down_blocks.0.downsamplers.0.conv",
                "lora_unet_middle_block_1_proj_in",
                "mid_block.attentions.0.proj_in",
                "lora_unet_output_blocks_2_2_conv",
                "up_blocks.0.upsamplers.0.conv",
                "lora_unet_output_blocks_0_0_skip_connection",
                "up_blocks.0.resnets.0.conv_shortcut",
                "lora_unet_label_emb_0_2",
                "add_embedding.linear_2",
                "lora_te1_text_model_encoder_layers_0_self_attn_q_proj",
                "text_model.encoder.layers.0.self_attn.q_proj",
                "lora_te2_text_model_encoder_layers_1_mlp_fc1",
                "text_model.encoder.layers.1.mlp.fc1");
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        names.forEach((key, layer) -> {
            Weights weights = key.contains("te1")
                    ? sdxl.textEncoder().weights()
                    : key.contains("te2")
                            ? sdxl.secondTextEncoder().orElseThrow().weights()
                            : sdxl.unet().weights();
            int[] shape = weights.get(layer + ".weight").shape().stream()
                    .mapToInt(Integer::intValue)
                    .toArray();
            int[] down = shape.clone();
            down[0] = 2;
            tensors.put(key + ".lora_up.weight", SmallUNet.random(1, shape[0], 2));
            tensors.put(key + ".lora_down.weight", SmallUNet.random(2, down));
        });
        Path file = temporary.resolve("xl.safetensors");
        SafetensorsWriter.write(file, tensors, Map.of());
        ModelAdaptation adaptation =
                ModelAdaptation.of(sdxl, new Adapters(List.of(Lora.of(LoraFile.open(file), 1)), List.of()));
        assertEquals("", adaptation.used().get(0).note());
        assertEquals(
                names.values().stream().map(layer -> layer + ".weight").sorted().toList(),
                Stream.of(adaptation.unet(), adaptation.textEncoder(), adaptation.secondTextEncoder())
                        .flatMap(network -> network.changes().keySet().stream())
                        .sorted()
                        .toList());
    }

    private Lora lora(String name, double strength) {
        return Lora.of(LoraFile.open(folder.resolve(name + ".safetensors")), strength);
    }

    private float[] predict(List<Lora> loras) {
        Adaptation adaptation =
                ModelAdaptation.of(sd15, new Adapters(loras, List.of())).unet();
        try (InferenceSession session =
                InferenceSession.open(UNet2DCondition.graph(sd15.unet(), adaptation, GraphForm.USUAL))) {
            return session.run(
                            Map.of(
                                    UNet2DCondition.SAMPLE, golden.readFloats("unet_sample"),
                                    UNet2DCondition.TIMESTEP, Tensor.of(new float[] {500}, 1),
                                    UNet2DCondition.ENCODER_HIDDEN_STATES, golden.readFloats("unet_context")),
                            UNet2DCondition.OUT_SAMPLE,
                            Progress.NONE)
                    .values();
        }
    }
}
