package sc.fiji.diffusion.engine.adapter;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a tensor of a LoRA is for, by the end of its key. */
enum LoraPart {
    DOWN(
            ".lora_down.weight",
            ".lora_A.weight",
            ".lora_A.default.weight",
            ".lora.down.weight",
            ".lora_linear_layer.down.weight",
            "_lora.down.weight"),
    UP(
            ".lora_up.weight",
            ".lora_B.weight",
            ".lora_B.default.weight",
            ".lora.up.weight",
            ".lora_linear_layer.up.weight",
            "_lora.up.weight"),
    MID(".lora_mid.weight"),
    ALPHA(".alpha"),
    HADA_W1_A(".hada_w1_a"),
    HADA_W1_B(".hada_w1_b"),
    HADA_W2_A(".hada_w2_a"),
    HADA_W2_B(".hada_w2_b"),
    HADA_T1(".hada_t1"),
    HADA_T2(".hada_t2"),
    LOKR_W1(".lokr_w1"),
    LOKR_W1_A(".lokr_w1_a"),
    LOKR_W1_B(".lokr_w1_b"),
    LOKR_W2(".lokr_w2"),
    LOKR_W2_A(".lokr_w2_a"),
    LOKR_W2_B(".lokr_w2_b"),
    LOKR_T2(".lokr_t2");

    /** What stands in the keys of methods that change a weight in another way, and the methods' names. */
    private static final Map<String, String> OTHER_METHODS = Map.ofEntries(
            Map.entry(".dora_scale", "DoRA"),
            Map.entry(".lora_magnitude_vector", "DoRA"),
            Map.entry(".oft_", "OFT"),
            Map.entry(".boft_", "BOFT"),
            Map.entry(".on_input", "(IA)³"),
            Map.entry(".ia3_l", "(IA)³"),
            Map.entry(".vera_", "VeRA"),
            Map.entry(".a1.weight", "GLoRA"),
            Map.entry(".b1.weight", "GLoRA"),
            Map.entry(".diff", "whole differences of weights (.diff)"),
            Map.entry(".diff_b", "whole differences of biases (.diff_b)"),
            Map.entry(".w_norm", "trained norms (.w_norm)"),
            Map.entry(".b_norm", "trained norms (.b_norm)"),
            Map.entry(".bias", "trained biases"));

    // made by List.of
    @SuppressWarnings("ImmutableEnumChecker")
    private final List<String> endings;

    LoraPart(String... endings) {
        this.endings = List.of(endings);
    }

    /** The name of the method that the key's tensor belongs to, if it is none of those here. */
    static Optional<String> otherMethod(String key) {
        return OTHER_METHODS.entrySet().stream()
                .filter(method -> key.endsWith(method.getKey())
                        || key.contains(method.getKey() + ".")
                        || (method.getKey().endsWith("_") && key.contains(method.getKey())))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    List<String> endings() {
        return endings;
    }
}
