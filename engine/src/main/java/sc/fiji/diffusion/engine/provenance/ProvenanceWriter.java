package sc.fiji.diffusion.engine.provenance;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.util.List;
import java.util.Locale;
import sc.fiji.diffusion.engine.blend.BlendedImage;
import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.Size;

/** From provenance to JSON. Files rely on the keys: they never change, new ones may come. */
final class ProvenanceWriter {

    static final int VERSION = 1;

    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private ProvenanceWriter() {}

    static String write(Provenance provenance) {
        return GSON.toJson(object(provenance));
    }

    static String write(History history) {
        JsonObject object = new JsonObject();
        object.addProperty("version", VERSION);
        object.add("history", entries(history));
        return GSON.toJson(object);
    }

    static String write(StackHistory stack) {
        JsonObject object = new JsonObject();
        object.addProperty("version", VERSION);
        object.addProperty("stack_size", stack.stackSize());
        JsonArray slices = new JsonArray();
        stack.slices().forEach(slice -> {
            JsonObject of = new JsonObject();
            of.addProperty("slice", slice.slice());
            of.addProperty("sha256", slice.sha256());
            of.add("history", entries(slice.history()));
            slices.add(of);
        });
        object.add("slices", slices);
        return GSON.toJson(object);
    }

    private static JsonArray entries(History history) {
        JsonArray entries = new JsonArray();
        history.entries().forEach(entry -> entries.add(object(entry)));
        return entries;
    }

    private static JsonObject object(Provenance provenance) {
        JsonObject json = new JsonObject();
        json.addProperty("version", VERSION);
        task(json, provenance.task());
        Texts texts = provenance.texts();
        json.addProperty("prompt", texts.prompt());
        json.addProperty("negative_prompt", texts.negativePrompt());
        json.addProperty("prompt_syntax", texts.syntax().name().toLowerCase(Locale.ROOT));
        json.addProperty("clip_skip", texts.clipSkip());
        sampling(json, provenance.sampling());
        model(json, provenance.model());
        provenance.source().ifPresent(source -> {
            JsonObject of = new JsonObject();
            size(of, "", source.size());
            of.addProperty("sha256", source.sha256());
            json.add("source", of);
        });
        provenance.image().ifPresent(image -> json.add("image", image(image)));
        json.add("result_sha256", array(provenance.resultSha256()));
        provenance.watermark().ifPresent(version -> json.addProperty("watermark", version));
        computation(json, provenance.computation());
        json.addProperty("created", provenance.created().toString());
        return json;
    }

    private static void task(JsonObject json, Task task) {
        json.addProperty("task", task.name());
        task.strength().ifPresent(strength -> json.addProperty("strength", strength));
        if (task instanceof Task.Instruction instruction) {
            json.addProperty("image_guidance_scale", instruction.imageGuidanceScale());
        } else if (task instanceof Task.Upscaling upscaling) {
            json.addProperty("tile", upscaling.tile());
            json.addProperty("tile_overlap", upscaling.overlap());
        } else if (task instanceof Task.Blend blend) {
            JsonArray images = new JsonArray();
            blend.images().forEach(image -> images.add(blended(image)));
            json.add("images", images);
        } else if (task instanceof Task.Inpainting inpainting) {
            inpainting.recipe().ifPresent(recipe -> {
                json.addProperty("crop", recipe.crop());
                recipe.grow().ifPresent(grow -> json.addProperty("grow", grow));
                recipe.feather().ifPresent(feather -> json.addProperty("feather", feather));
                recipe.fill().ifPresent(fill -> json.addProperty("fill", fill));
            });
            inpainting.mask().ifPresent(mask -> json.add("mask", mask(mask)));
        }
    }

    private static JsonObject blended(BlendedImage image) {
        JsonObject json = new JsonObject();
        json.addProperty("prompt", image.prompt().from());
        json.addProperty("to_prompt", image.prompt().to());
        json.addProperty("prompt_position", image.prompt().position());
        json.addProperty("seed", image.noise().from());
        json.addProperty("to_seed", image.noise().to());
        json.addProperty("seed_position", image.noise().position());
        return json;
    }

    private static JsonObject mask(StoredMask mask) {
        JsonObject json = new JsonObject();
        size(json, "", mask.size());
        json.add("bounds", bounds(mask.bounds()));
        json.addProperty("kind", mask.kind().name().toLowerCase(Locale.ROOT));
        json.addProperty("sha256", mask.sha256());
        mask.levels().ifPresent(levels -> json.addProperty("levels", levels));
        return json;
    }

    private static void sampling(JsonObject json, Sampling sampling) {
        size(json, "", sampling.size());
        size(json, "work_", sampling.work());
        json.addProperty("steps", sampling.steps());
        json.addProperty("guidance_scale", sampling.guidanceScale());
        json.addProperty("scheduler", sampling.scheduler());
        sampling.schedulerConfig().ifPresent(config -> json.add("scheduler_config", JsonParser.parseString(config)));
        json.addProperty("seed", sampling.seed());
        json.addProperty("batch_size", sampling.batchSize());
    }

    private static void model(JsonObject json, Model model) {
        JsonObject of = new JsonObject();
        of.addProperty("name", model.name());
        of.addProperty("sha256", model.sha256());
        of.addProperty("single_file", model.isSingleFile());
        json.add("model", of);
        model.vae().ifPresent(vae -> {
            JsonObject file = new JsonObject();
            file.addProperty("name", vae.name());
            file.addProperty("sha256", vae.sha256());
            json.add("vae", file);
        });
        JsonArray adapters = new JsonArray();
        model.adapters().forEach(adapter -> adapters.add(adapter(adapter)));
        json.add("adapters", adapters);
        JsonArray controlNets = new JsonArray();
        model.controlNets().forEach(controlNet -> controlNets.add(controlNet(controlNet)));
        json.add("controlnets", controlNets);
    }

    private static JsonObject adapter(Adapter adapter) {
        JsonObject json = new JsonObject();
        json.addProperty("kind", adapter.kind().key());
        json.addProperty("name", adapter.name());
        adapter.strength().ifPresent(strength -> json.addProperty("strength", strength));
        adapter.textEncoderStrength().ifPresent(strength -> json.addProperty("text_encoder_strength", strength));
        json.addProperty("sha256", adapter.sha256());
        json.addProperty("note", adapter.note());
        return json;
    }

    private static JsonObject controlNet(ControlNetUse controlNet) {
        JsonObject json = new JsonObject();
        json.addProperty("name", controlNet.name());
        json.addProperty("sha256", controlNet.sha256());
        json.addProperty("scale", controlNet.scale());
        json.addProperty("start", controlNet.start());
        json.addProperty("end", controlNet.end());
        json.addProperty("image_sha256", controlNet.imageSha256());
        controlNet.hint().ifPresent(hint -> json.addProperty("hint", hint));
        return json;
    }

    private static JsonObject image(EditedImage image) {
        JsonObject json = new JsonObject();
        json.addProperty("title", image.title());
        json.addProperty("output", image.output());
        JsonArray slices = new JsonArray();
        image.slices().forEach(slices::add);
        json.add("slices", slices);
        json.add("sha256", array(image.sha256()));
        json.add("minimums", numbers(image.minimums()));
        json.add("maximums", numbers(image.maximums()));
        image.region().ifPresent(region -> json.add("region", bounds(region)));
        return json;
    }

    private static void computation(JsonObject json, Computation computation) {
        json.addProperty("engine", computation.engine());
        json.addProperty("onnx_runtime", computation.runtime());
        json.addProperty("device", computation.device());
        json.addProperty("device_name", computation.deviceName());
        json.addProperty("precision", computation.precision());
        json.addProperty("operators", computation.operators());
        json.addProperty("platform", computation.platform());
    }

    private static void size(JsonObject json, String prefix, Size size) {
        json.addProperty(prefix + "width", size.width());
        json.addProperty(prefix + "height", size.height());
    }

    private static JsonArray bounds(Region region) {
        JsonArray array = new JsonArray();
        array.add(region.x());
        array.add(region.y());
        array.add(region.width());
        array.add(region.height());
        return array;
    }

    private static JsonArray array(List<String> texts) {
        JsonArray array = new JsonArray();
        texts.forEach(array::add);
        return array;
    }

    private static JsonArray numbers(List<Double> values) {
        JsonArray array = new JsonArray();
        values.forEach(array::add);
        return array;
    }
}
