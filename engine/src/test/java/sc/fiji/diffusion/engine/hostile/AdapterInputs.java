package sc.fiji.diffusion.engine.hostile;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sc.fiji.diffusion.engine.adapter.Adapters;
import sc.fiji.diffusion.engine.adapter.Lora;
import sc.fiji.diffusion.engine.adapter.LoraFile;
import sc.fiji.diffusion.engine.adapter.ModelAdaptation;
import sc.fiji.diffusion.engine.adapter.TextualInversion;
import sc.fiji.diffusion.engine.checkpoint.Checkpoint;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.network.ClipText;
import sc.fiji.diffusion.engine.network.GraphForm;
import sc.fiji.diffusion.engine.network.UNet2DCondition;

/** Files that change the model that ships inside, up to the graphs that are made with them. */
final class AdapterInputs {

    private static final String NAME = "adapter.safetensors";

    /** A layer {@code [192, 192]}. */
    private static final String LAYER = "lora_unet_mid_block_attentions_0_transformer_blocks_0_attn1_to_q";

    private static final String PEFT = "unet.mid_block.attentions.0.transformer_blocks.0.attn1.to_q";
    private static final String UP = LAYER + ".lora_up.weight";
    private static final String DOWN = LAYER + ".lora_down.weight";
    private static final String ALPHA = LAYER + ".alpha";

    private AdapterInputs() {}

    static List<HostileInput> all() {
        return List.of(lora(), textualInversion());
    }

    static HostileInput lora() {
        Map<String, byte[]> whole = new LinkedHashMap<>();
        whole.put("kohya's", FileInput.tensors("", UP, "192,1", DOWN, "1,192", ALPHA, ""));
        whole.put(
                "PEFT's",
                FileInput.tensors(
                        settings("{'unet.lora_alpha': 2, 'unet.alpha_pattern': {'to_q': 3}}"),
                        PEFT + ".lora_B.weight",
                        "192,1",
                        PEFT + ".lora_A.weight",
                        "1,192"));
        whole.put(
                "LoHa",
                FileInput.tensors(
                        "",
                        LAYER + ".hada_w1_a",
                        "192,1",
                        LAYER + ".hada_w1_b",
                        "1,192",
                        LAYER + ".hada_w2_a",
                        "192,1",
                        LAYER + ".hada_w2_b",
                        "1,192"));
        whole.put("LoKr", FileInput.tensors("", LAYER + ".lokr_w1", "8,8", LAYER + ".lokr_w2", "24,24"));
        return new FileInput("LoRA", NAME, whole, brokenLoras(), folder -> {
            Lora lora = Lora.of(LoraFile.open(folder.resolve(NAME)), 1);
            use(new Adapters(List.of(lora), List.of()));
        });
    }

    private static Map<String, byte[]> brokenLoras() {
        Map<String, byte[]> broken = new LinkedHashMap<>(new SafetensorsInput().broken());
        broken.put("a layer of nothing", FileInput.tensors("", "lora_unet_x.lora_up.weight", "2,1"));
        broken.put("no rank", FileInput.tensors("", UP, "192,0", DOWN, "0,192"));
        broken.put("no sizes", FileInput.tensors("", UP, "", DOWN, ""));
        broken.put("one size", FileInput.tensors("", UP, "192", DOWN, "192"));
        broken.put("five sizes", FileInput.tensors("", UP, "2,2,2,2,2", DOWN, "2,2,2,2,2"));
        broken.put("two alphas", FileInput.tensors("", UP, "192,1", DOWN, "1,192", ALPHA, "2"));
        broken.put("a core of three sizes", lowRank(".lora_mid.weight", "1,1,3"));
        broken.put("LoKr of one number", FileInput.tensors("", LAYER + ".lokr_w1", "", LAYER + ".lokr_w2", "1"));
        broken.put("integers", FileInput.tensors("I64", 8, "", UP, "192,1", DOWN, "1,192"));
        broken.put("8-bit floats", FileInput.tensors("F8_E5M2", 1, "", UP, "192,1", DOWN, "1,192"));
        byte[] notANumber = FileInput.tensors("", UP, "192,1", DOWN, "1,192", ALPHA, "");
        Arrays.fill(notANumber, notANumber.length - 4, notANumber.length, (byte) 0xFF);
        broken.put("an alpha that is NaN", notANumber);
        for (String text : List.of(
                "[",
                "[1]",
                "7",
                "[".repeat(100_000),
                "{'a':".repeat(100_000),
                "{'unet.lora_alpha': " + "[".repeat(100_000) + "1" + "]".repeat(100_000) + "}",
                "{'unet.lora_alpha': 'x'}",
                "{'unet.lora_alpha': {}}",
                "{'unet.lora_alpha': 1e400}",
                "{'unet.lora_alpha': 1, 'unet.lora_alpha': 2}",
                "{'unet.alpha_pattern': {'to_q': [1]}}",
                "{'unet.use_dora': true}")) {
            broken.put(
                    "settings " + text.substring(0, Math.min(40, text.length())),
                    FileInput.tensors(
                            settings(text), PEFT + ".lora_B.weight", "192,1", PEFT + ".lora_A.weight", "1,192"));
        }
        return broken;
    }

    private static byte[] lowRank(String part, String shape) {
        return FileInput.tensors("", UP, "192,1", DOWN, "1,192", LAYER + part, shape);
    }

    /** What stands in the header's metadata is a text, in which double quotes are escaped. */
    private static String settings(String json) {
        return "'__metadata__':{'lora_adapter_metadata':'" + json.replace("'", "\\'") + "'}";
    }

    static HostileInput textualInversion() {
        Map<String, byte[]> broken = new LinkedHashMap<>(new SafetensorsInput().broken());
        for (String shape : List.of("", "0", "0,128", "2,0", "1001,128", "2,2,2", "1,127")) {
            broken.put("the shape " + shape, FileInput.tensors("", "emb_params", shape));
        }
        broken.put("a blank placeholder", FileInput.tensors("", " ", "1,128"));
        broken.put("two tensors", FileInput.tensors("", "a", "128", "b", "128"));
        broken.put("two text encoders", FileInput.tensors("", "clip_l", "1,128", "clip_g", "1,128"));
        broken.put("as many tokens for none", FileInput.tensors("", "clip_l", "1,128", "clip_g", "2,128"));
        broken.put("integers", FileInput.tensors("I64", 8, "", "emb_params", "1,128"));
        Map<String, byte[]> whole = Map.of(
                "several vectors", FileInput.tensors("", "emb_params", "3,128"),
                "a vector", FileInput.tensors("", "<cell>", "128"));
        return new FileInput("textual inversion", NAME, whole, broken, folder -> {
            TextualInversion inversion = TextualInversion.open(folder.resolve(NAME));
            use(new Adapters(List.of(), List.of(inversion)));
        });
    }

    private static void use(Adapters adapters) {
        Path model = Models.locate(Models.EMBEDDED);
        Checkpoint checkpoint = Checkpoint.open(model);
        ModelAdaptation adaptation = ModelAdaptation.of(checkpoint, adapters);
        UNet2DCondition.graph(checkpoint.unet(), adaptation.unet(), GraphForm.USUAL);
        ClipText.graph(checkpoint.textEncoder(), adaptation.textEncoder(), GraphForm.USUAL);
    }
}
