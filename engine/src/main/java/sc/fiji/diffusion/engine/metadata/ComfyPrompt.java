package sc.fiji.diffusion.engine.metadata;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.Optional;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.engine.provenance.Task;

/**
 * The graph of nodes that ComfyUI writes as {@code prompt}. Of a graph with one sampler of the common kinds the texts,
 * the model and the sampler's settings are found; any graph may do more than that, so that what is read is not all.
 */
final class ComfyPrompt {

    static final String KEYWORD = "prompt";

    private static final String CLASS = "class_type";
    private static final String INPUTS = "inputs";

    /** From node to node; graphs are not believed to have an end. */
    private static final int MOST_LINKS = 32;

    private final JsonObject nodes;

    private ComfyPrompt(JsonObject nodes) {
        this.nodes = nodes;
    }

    static Optional<Provenance> read(String json, Size ofFile) {
        return JsonValues.object(json).flatMap(nodes -> new ComfyPrompt(nodes).provenance(ofFile));
    }

    private Optional<Provenance> provenance(Size ofFile) {
        for (String id : nodes.keySet()) {
            JsonObject node = JsonValues.child(nodes, id);
            if (JsonValues.text(node, CLASS, "").startsWith("KSampler")) {
                return Optional.of(provenance(JsonValues.child(node, INPUTS), ofFile));
            }
        }
        return Optional.empty();
    }

    private Provenance provenance(JsonObject sampler, Size ofFile) {
        ForeignPicture picture = new ForeignPicture("ComfyUI", ofFile);
        picture.seed = ForeignPicture.seed(JsonValues.text(sampler, "seed", "noise_seed"));
        picture.steps = ForeignPicture.integer(JsonValues.text(sampler, "steps"));
        picture.guidanceScale =
                ForeignPicture.number(JsonValues.text(sampler, "cfg")).orElse(0);
        picture.scheduler = SamplerName.toScheduler(
                JsonValues.text(sampler, "sampler_name", ""), JsonValues.text(sampler, "scheduler", ""));
        picture.prompt = found(sampler.get("positive"), "conditioning", "text").orElse("");
        picture.negativePrompt =
                found(sampler.get("negative"), "conditioning", "text").orElse("");
        String model = found(sampler.get("model"), "model", "ckpt_name").orElse("");
        picture.modelName = model.substring(Math.max(model.lastIndexOf('/'), model.lastIndexOf('\\')) + 1)
                .replaceFirst("\\.(safetensors|ckpt)$", "");
        JsonObject latents = inputs(sampler.get("latent_image"));
        picture.size(
                ForeignPicture.integer(JsonValues.text(latents, "width")),
                ForeignPicture.integer(JsonValues.text(latents, "height")));
        double noise =
                ForeignPicture.number(JsonValues.text(sampler, "denoise")).orElse(1);
        if (latents.has("pixels") || noise < 1) {
            picture.task = new Task.ImageToImage(noise);
        }
        return picture.provenance();
    }

    /** A text among a node's inputs, or, along the inputs of one name, among those of nodes before it. */
    private Optional<String> found(JsonElement link, String along, String key) {
        JsonObject inputs = inputs(link);
        for (int links = 0; links < MOST_LINKS && !inputs.isEmpty(); links++) {
            String text = JsonValues.text(inputs, key);
            if (text != null) {
                return Optional.of(text);
            }
            inputs = inputs(inputs.has(key) ? inputs.get(key) : inputs.get(along));
        }
        return Optional.empty();
    }

    /** Of the node that a link {@code [id, output]} leads to; none if it leads nowhere. */
    private JsonObject inputs(JsonElement link) {
        return link instanceof JsonArray array
                        && !array.isEmpty()
                        && array.get(0).isJsonPrimitive()
                ? JsonValues.child(JsonValues.child(nodes, array.get(0).getAsString()), INPUTS)
                : new JsonObject();
    }
}
