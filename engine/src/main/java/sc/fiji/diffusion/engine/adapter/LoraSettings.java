package sc.fiji.diffusion.engine.adapter;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import sc.fiji.diffusion.engine.CheckpointException;
import sc.fiji.diffusion.engine.file.JsonFile;

/**
 * PEFT's settings, with which a LoRA's layers need no {@code alpha} tensors. diffusers writes them into {@code
 * __metadata__}, PEFT itself into {@code adapter_config.json} beside the file: {@code lora_alpha}, {@code alpha_pattern}
 * and {@code use_rslora}. Ranks are read from the tensors' shapes.
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

    /** PEFT's own, which are of the one network that the file is for. */
    static LoraSettings beside(Path file) {
        Path settings = file.resolveSibling("adapter_config.json");
        return Files.isRegularFile(settings)
                ? of(
                        file,
                        settings.toString(),
                        JsonFile.read(settings, "PEFT's settings", JsonFile.USUAL_MOST_BYTES),
                        "")
                : NONE;
    }

    /** Those of one network in the metadata. */
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
        return of(file, source, JsonFile.parse(source, "PEFT's settings", text), prefix);
    }

    private static LoraSettings of(Path file, String source, JsonObject fields, String prefix) {
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
