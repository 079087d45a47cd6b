package sc.fiji.diffusion.engine.metadata;

import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.engine.provenance.Task;

/** What InvokeAI writes: {@code invokeai_metadata} since 3.0, {@code sd-metadata} and {@code Dream} before. */
final class InvokeMetadata {

    static final String KEYWORD = "invokeai_metadata";
    static final String OLDER_KEYWORD = "sd-metadata";
    static final String DREAM_KEYWORD = "Dream";

    private static final Pattern DREAM = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*+)\"(.*)", Pattern.DOTALL);
    private static final Pattern OPTION = Pattern.compile("-([A-Za-z])\\s*([\\w.+-]+)");

    private InvokeMetadata() {}

    static Optional<Provenance> read(String json, Size ofFile) {
        return JsonValues.object(json)
                .filter(fields -> fields.has("positive_prompt"))
                .map(fields -> {
                    ForeignPicture picture = new ForeignPicture(
                            ("InvokeAI " + JsonValues.text(fields, "app_version", "")).strip(), ofFile);
                    picture.prompt = JsonValues.text(fields, "positive_prompt", "");
                    picture.negativePrompt = JsonValues.text(fields, "negative_prompt", "");
                    common(picture, fields, "scheduler");
                    picture.clipSkip = ForeignPicture.integer(JsonValues.text(fields, "clip_skip"));
                    JsonObject model = JsonValues.child(fields, "model");
                    picture.modelName = Optional.ofNullable(JsonValues.text(model, "name", "model_name"))
                            .orElse("");
                    strength(picture, JsonValues.text(fields, "strength"));
                    return picture.provenance();
                });
    }

    static Optional<Provenance> readOlder(String json, Size ofFile) {
        return JsonValues.object(json).filter(fields -> fields.has("image")).map(fields -> {
            ForeignPicture picture =
                    new ForeignPicture(("InvokeAI " + JsonValues.text(fields, "app_version", "")).strip(), ofFile);
            JsonObject image = JsonValues.child(fields, "image");
            if (JsonValues.first(image.get("prompt")) instanceof JsonObject prompt) {
                picture.prompt = JsonValues.text(prompt, "prompt", "");
            } else if (JsonValues.first(image.get("prompt")) instanceof JsonPrimitive prompt) {
                picture.prompt = prompt.getAsString();
            }
            common(picture, image, "sampler");
            picture.modelName = Optional.ofNullable(JsonValues.text(fields, "model_weights", "model"))
                    .orElse("");
            picture.modelHash = JsonValues.text(fields, "model_hash", "");
            if ("img2img".equals(JsonValues.text(image, "type"))) {
                strength(picture, JsonValues.text(image, "strength"));
            }
            return picture.provenance();
        });
    }

    private static void common(ForeignPicture picture, JsonObject fields, String sampler) {
        picture.steps = ForeignPicture.integer(JsonValues.text(fields, "steps"));
        picture.guidanceScale =
                ForeignPicture.number(JsonValues.text(fields, "cfg_scale")).orElse(0);
        picture.seed = ForeignPicture.seed(JsonValues.text(fields, "seed"));
        picture.scheduler = SamplerName.toScheduler(JsonValues.text(fields, sampler, ""), "");
        picture.size(
                ForeignPicture.integer(JsonValues.text(fields, "width")),
                ForeignPicture.integer(JsonValues.text(fields, "height")));
    }

    private static void strength(ForeignPicture picture, String text) {
        OptionalDouble strength = ForeignPicture.number(text);
        if (strength.isPresent()) {
            picture.task = new Task.ImageToImage(strength.getAsDouble());
        }
    }

    /** Such as {@code "a cell" -s 50 -S 42 -W 512 -H 512 -C 7.5 -A k_lms}. */
    static Optional<Provenance> readDream(String text, Size ofFile) {
        Matcher dream = DREAM.matcher(text.strip());
        if (!dream.matches()) {
            return Optional.empty();
        }
        ForeignPicture picture = new ForeignPicture("InvokeAI", ofFile);
        picture.prompt = dream.group(1);
        Matcher option = OPTION.matcher(dream.group(2));
        int width = ofFile.width();
        int height = ofFile.height();
        while (option.find()) {
            String value = option.group(2);
            switch (option.group(1)) {
                case "s" -> picture.steps = ForeignPicture.integer(value);
                case "S" -> picture.seed = ForeignPicture.seed(value);
                case "W" -> width = ForeignPicture.integer(value);
                case "H" -> height = ForeignPicture.integer(value);
                case "C" -> picture.guidanceScale = ForeignPicture.number(value).orElse(0);
                case "A" -> picture.scheduler = SamplerName.toScheduler(value, "");
                case "f" -> strength(picture, value);
                default -> {
                    // for what we have no name
                }
            }
        }
        picture.size(width, height);
        return Optional.of(picture.provenance());
    }
}
