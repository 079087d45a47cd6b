package sc.fiji.diffusion.engine.adapter;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.file.JsonFile;

/**
 * What diffusers writes of PEFT's settings into a LoRA's {@code __metadata__}, so that its layers need no {@code alpha}
 * tensors: {@code lora_alpha}, {@code alpha_pattern} and {@code use_rslora}. Ranks are read from the tensors' shapes.
 *
 * @param alpha for all layers
 * @param alphaPattern for layers whose name ends so, with underscores in place of dots
 * @param rankStabilized whether alpha is divided by the rank's square root (Kalajdzievski 2023, arXiv 2312.03732)
 */
record LoraSettings(Optional<Double> alpha, Map<String, Double> alphaPattern, boolean rankStabilized) {

    static final LoraSettings NONE = new LoraSettings(Optional.empty(), Map.of(), false);

    private static final String FIELD = "lora_adapter_metadata";

    /** Stable Diffusion XL has fewer layers; each layer is compared with each entry. */
    private static final int MOST_PATTERNS = 4096;

    /** Those of one network. */
    static LoraSettings read(Path file, Map<String, String> metadata, AdaptedNetwork network) {
        String text = metadata.get(FIELD);
        if (text == null) {
            return NONE;
        }
        String prefix =
                switch (network) {
                    case UNET -> "unet.";
                    case TEXT_ENCODER -> "text_encoder.";
                    case SECOND_TEXT_ENCODER -> "text_encoder_2.";
                };
        String source = file + ": " + FIELD;
        JsonObject fields = JsonFile.parse(source, "PEFT's settings", text);
        if (isTrue(fields.get(prefix + "use_dora"))) {
            throw new CheckpointException(
                    file + ": expected a LoRA, LoCon, LoHa or LoKr, found DoRA, which is not supported");
        }
        return new LoraSettings(
                Optional.ofNullable(fields.get(prefix + "lora_alpha"))
                        .filter(value -> !value.isJsonNull())
                        .map(value -> number(source, value)),
                pattern(source, fields.get(prefix + "alpha_pattern")),
                isTrue(fields.get(prefix + "use_rslora")));
    }

    private static boolean isTrue(JsonElement element) {
        return element != null && element.isJsonPrimitive() && element.getAsBoolean();
    }

    private static double number(String source, JsonElement element) {
        try {
            return element.getAsJsonPrimitive().getAsDouble();
        } catch (IllegalStateException | NumberFormatException e) {
            throw new CheckpointException(source + ": expected numbers as alphas, found other values", e);
        }
    }

    private static Map<String, Double> pattern(String source, JsonElement element) {
        Map<String, Double> pattern = new LinkedHashMap<>();
        if (element != null && element.isJsonObject()) {
            Map<String, JsonElement> entries = element.getAsJsonObject().asMap();
            if (entries.size() > MOST_PATTERNS) {
                throw new CheckpointException(source + ": alpha_pattern: expected at most " + MOST_PATTERNS
                        + " entries, found " + entries.size());
            }
            entries.forEach((name, alpha) -> pattern.put(name.replace('.', '_'), number(source, alpha)));
        }
        return pattern;
    }

    /** What a layer without an alpha of its own is scaled by. */
    double scale(String layer, int rank) {
        Optional<Double> found = alphaPattern.entrySet().stream()
                .filter(entry -> layer.equals(entry.getKey()) || layer.endsWith("_" + entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .or(() -> alpha);
        double divisor = rankStabilized ? Math.sqrt(rank) : rank;
        return found.map(value -> value / divisor).orElse(1.0);
    }
}
