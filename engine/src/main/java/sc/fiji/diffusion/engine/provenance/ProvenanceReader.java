package sc.fiji.diffusion.engine.provenance;

import java.time.DateTimeException;
import java.time.Instant;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.blend.BlendKind;
import sc.fiji.diffusion.engine.blend.BlendedImage;
import sc.fiji.diffusion.engine.blend.NoiseBlend;
import sc.fiji.diffusion.engine.blend.PromptBlend;
import sc.fiji.diffusion.engine.prompt.PromptSyntax;

/** From JSON to provenance: the inverse of {@link ProvenanceWriter}, of texts that anybody may have written. */
final class ProvenanceReader {

    private ProvenanceReader() {}

    static Provenance read(String json) {
        return provenance(JsonFields.parse(json));
    }

    static History readHistory(String json) {
        JsonFields fields = JsonFields.parse(json);
        if (!fields.has("history")) {
            return History.NONE.and(provenance(fields));
        }
        requireVersion(fields);
        return new History(fields.objects("history", ProvenanceReader::provenance));
    }

    static StackHistory readStack(String json) {
        JsonFields fields = JsonFields.parse(json);
        requireVersion(fields);
        return new StackHistory(fields.integer("stack_size"), fields.objects("slices", ProvenanceReader::slice));
    }

    private static SliceHistory slice(JsonFields fields) {
        History history = new History(fields.objects("history", ProvenanceReader::provenance));
        if (history.isEmpty()) {
            throw new RequestException("provenance: history: expected at least one entry, found none");
        }
        return new SliceHistory(fields.integer("slice"), fields.text("sha256"), history);
    }

    private static void requireVersion(JsonFields fields) {
        long version = fields.whole("version", 1, Integer.MAX_VALUE);
        if (version > ProvenanceWriter.VERSION) {
            throw new RequestException("provenance: expected version " + ProvenanceWriter.VERSION + ", found " + version
                    + ", which a later version of this software has written");
        }
    }

    private static Provenance provenance(JsonFields fields) {
        requireVersion(fields);
        return new Provenance(
                task(fields),
                new Texts(
                        fields.text("prompt"),
                        fields.text("negative_prompt"),
                        fields.constant("prompt_syntax", PromptSyntax.class),
                        fields.integer("clip_skip")),
                sampling(fields),
                model(fields),
                fields.optionalObject("source").map(of -> new Source(of.size(""), of.text("sha256"))),
                fields.optionalObject("image").map(ProvenanceReader::image),
                fields.texts("result_sha256"),
                fields.optionalInteger("watermark"),
                computation(fields),
                created(fields));
    }

    private static Task task(JsonFields fields) {
        String name = fields.text("task");
        return switch (name) {
            case Task.TextToImage.NAME -> new Task.TextToImage();
            case Task.ImageToImage.NAME -> new Task.ImageToImage(fields.number("strength"));
            case Task.Instruction.NAME -> new Task.Instruction(fields.number("image_guidance_scale"));
            case Task.Inpainting.NAME ->
                new Task.Inpainting(
                        fields.number("strength"),
                        fields.optionalText("crop")
                                .map(crop -> new Recipe(
                                        crop,
                                        fields.optionalInteger("grow"),
                                        fields.optionalInteger("feather"),
                                        fields.optionalText("fill"))),
                        fields.optionalObject("mask").map(ProvenanceReader::mask));
            case Task.Upscaling.NAME ->
                new Task.Upscaling(fields.number("strength"), fields.integer("tile"), fields.number("tile_overlap"));
            case "variation" ->
                new Task.Blend(BlendKind.VARIATION, fields.objects("images", ProvenanceReader::blended));
            case "interpolation" ->
                new Task.Blend(BlendKind.INTERPOLATION, fields.objects("images", ProvenanceReader::blended));
            default ->
                throw new RequestException("provenance: task: expected one that this version knows, found "
                        + name.substring(0, Math.min(40, name.length())));
        };
    }

    private static BlendedImage blended(JsonFields fields) {
        return new BlendedImage(
                new PromptBlend(fields.text("prompt"), fields.text("to_prompt"), fields.number("prompt_position")),
                new NoiseBlend(
                        fields.whole("seed", 0, Long.MAX_VALUE),
                        fields.whole("to_seed", 0, Long.MAX_VALUE),
                        fields.number("seed_position")));
    }

    private static StoredMask mask(JsonFields fields) {
        try {
            return new StoredMask(
                    fields.size(""),
                    fields.region("bounds"),
                    fields.constant("kind", StoredMask.Kind.class),
                    fields.text("sha256"),
                    fields.optionalText("levels"));
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new RequestException("provenance: mask: expected bounds inside its size, found others", e);
        }
    }

    private static Sampling sampling(JsonFields fields) {
        return new Sampling(
                fields.size(""),
                fields.size("work_"),
                fields.integer("steps"),
                fields.number("guidance_scale"),
                fields.text("scheduler"),
                fields.optionalObject("scheduler_config")
                        .map(config -> config.json().toString()),
                fields.whole("seed", -1, Long.MAX_VALUE),
                (int) fields.whole("batch_size", 1, Integer.MAX_VALUE));
    }

    private static Model model(JsonFields fields) {
        JsonFields model = fields.object("model");
        return new Model(
                model.text("name"),
                model.text("sha256"),
                model.flag("single_file"),
                fields.optionalObject("vae").map(vae -> new WeightsFile(vae.text("name"), vae.text("sha256"))),
                fields.objects("adapters", ProvenanceReader::adapter),
                fields.objects("controlnets", ProvenanceReader::controlNet));
    }

    private static Adapter adapter(JsonFields fields) {
        return new Adapter(
                fields.constant("kind", Adapter.Kind.class),
                fields.text("name"),
                fields.optionalNumber("strength"),
                fields.optionalNumber("text_encoder_strength"),
                fields.text("sha256"),
                fields.text("note", ""));
    }

    private static ControlNetUse controlNet(JsonFields fields) {
        return new ControlNetUse(
                fields.text("name"),
                fields.text("sha256"),
                fields.number("scale"),
                fields.number("start"),
                fields.number("end"),
                fields.text("image_sha256"),
                fields.optionalText("hint"));
    }

    private static EditedImage image(JsonFields fields) {
        return new EditedImage(
                fields.text("title", ""),
                fields.text("output"),
                fields.integers("slices"),
                fields.texts("sha256"),
                fields.numbers("minimums"),
                fields.numbers("maximums"),
                fields.optionalRegion("region"));
    }

    private static Computation computation(JsonFields fields) {
        return new Computation(
                fields.text("engine"),
                fields.text("onnx_runtime"),
                fields.text("device"),
                fields.text("device_name"),
                fields.text("precision"),
                fields.text("operators", ""),
                fields.text("platform", ""));
    }

    private static Instant created(JsonFields fields) {
        try {
            return Instant.parse(fields.text("created"));
        } catch (DateTimeException e) {
            throw new RequestException("provenance: created: expected a moment, found another text", e);
        }
    }
}
