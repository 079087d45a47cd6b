package sc.fiji.diffusion.engine.metadata;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import sc.fiji.diffusion.engine.image.Size;
import sc.fiji.diffusion.engine.provenance.Adapter;
import sc.fiji.diffusion.engine.provenance.Model;
import sc.fiji.diffusion.engine.provenance.Provenance;
import sc.fiji.diffusion.engine.provenance.Sampling;
import sc.fiji.diffusion.engine.provenance.Task;

/**
 * The text {@code parameters} of AUTOMATIC1111's webui, which many tools read: the prompt, a line {@code Negative prompt:
 * ...}, and a line of {@code Name: value} with commas between them. A value with a comma, a colon or a line feed stands in
 * JSON's quotes.
 */
final class WebuiParameters {

    static final String KEYWORD = "parameters";

    private static final String NEGATIVE = "Negative prompt:";

    /** Possessive, so that no text makes it slow. */
    private static final Pattern PARAMETER =
            Pattern.compile("\\s*+(\\w[\\w \\-/]{1,60}+):\\s*+(\"(?:\\\\.|[^\\\\\"])++\"|[^,]*+)(?:,|$)");

    private static final Pattern SIZE = Pattern.compile("(\\d{1,6})x(\\d{1,6})");
    private static final int FEWEST_PARAMETERS = 3;
    private static final int SHORT_HASH = 10;
    private static final Gson GSON = new GsonBuilder().disableHtmlEscaping().create();

    private WebuiParameters() {}

    static String write(Provenance made) {
        String negative = made.texts().negativePrompt();
        String values = parameters(made).entrySet().stream()
                .map(entry -> entry.getKey() + ": " + quoted(entry.getValue()))
                .collect(Collectors.joining(", "));
        return (made.prompt() + (negative.isEmpty() ? "" : "\n" + NEGATIVE + " " + negative) + "\n" + values).strip();
    }

    private static Map<String, String> parameters(Provenance made) {
        Map<String, String> values = new LinkedHashMap<>();
        Sampling sampling = made.sampling();
        values.put("Steps", Integer.toString(sampling.steps()));
        SamplerName sampler = SamplerName.ofScheduler(sampling.scheduler());
        values.put("Sampler", sampler.sampler());
        sampler.scheduleType().ifPresent(type -> values.put("Schedule type", type));
        values.put("CFG scale", number(sampling.guidanceScale()));
        if (made.task() instanceof Task.Instruction instruction) {
            values.put("Image CFG scale", number(instruction.imageGuidanceScale()));
        }
        values.put("Seed", Long.toString(sampling.seed()));
        values.put("Size", sampling.size().width() + "x" + sampling.size().height());
        model(made.model(), values);
        made.task().strength().ifPresent(strength -> values.put("Denoising strength", number(strength)));
        if (made.texts().clipSkip() > 0) {
            // the webui counts from 1
            values.put("Clip skip", Integer.toString(made.texts().clipSkip() + 1));
        }
        adapters(made.model(), Adapter.Kind.LORA).ifPresent(text -> values.put("Lora hashes", text));
        adapters(made.model(), Adapter.Kind.TEXTUAL_INVERSION).ifPresent(text -> values.put("TI hashes", text));
        values.put(
                "Version", PictureMetadata.SOFTWARE + " " + made.computation().engine());
        return values;
    }

    private static void model(Model model, Map<String, String> values) {
        if (model.isSingleFile()) {
            values.put("Model hash", shortened(model.sha256()));
        }
        values.put("Model", model.name());
        model.vae().ifPresent(vae -> {
            values.put("VAE hash", shortened(vae.sha256()));
            values.put("VAE", vae.name());
        });
    }

    private static Optional<String> adapters(Model model, Adapter.Kind kind) {
        return model.adapters().stream()
                .filter(adapter -> adapter.kind() == kind)
                .map(adapter -> adapter.name() + ": " + shortened(adapter.sha256()))
                .reduce((all, next) -> all + ", " + next);
    }

    private static String shortened(String sha256) {
        return sha256.substring(0, Math.min(SHORT_HASH, sha256.length()));
    }

    private static String number(double value) {
        return value == Math.rint(value) && Math.abs(value) < 1e9
                ? Long.toString((long) value)
                : Double.toString(value);
    }

    private static String quoted(String value) {
        return value.matches("(?s).*[,:\\n].*") ? GSON.toJson(value) : value;
    }

    private static String unquoted(String value) {
        if (!value.startsWith("\"")) {
            return value;
        }
        try {
            return String.valueOf(GSON.fromJson(value, String.class));
        } catch (JsonParseException e) {
            return value;
        }
    }

    /** Empty if the text has not even three parameters: then somebody else wrote it. */
    static Optional<Provenance> read(String text, Size ofFile) {
        int lastLine = text.strip().lastIndexOf('\n') + 1;
        Map<String, String> values = new LinkedHashMap<>();
        Matcher matcher = PARAMETER.matcher(text.strip().substring(lastLine));
        while (matcher.find()) {
            values.put(matcher.group(1), unquoted(matcher.group(2).strip()));
        }
        if (values.size() < FEWEST_PARAMETERS) {
            return Optional.empty();
        }
        ForeignPicture picture = new ForeignPicture(software(values), ofFile);
        String texts = text.strip().substring(0, lastLine);
        int negative = texts.startsWith(NEGATIVE) ? 0 : texts.indexOf("\n" + NEGATIVE);
        picture.prompt = (negative < 0 ? texts : texts.substring(0, negative)).strip();
        if (negative >= 0) {
            picture.negativePrompt = texts.substring(texts.indexOf(NEGATIVE, negative) + NEGATIVE.length())
                    .strip();
        }
        fill(picture, values);
        return Optional.of(picture.provenance());
    }

    private static String software(Map<String, String> values) {
        String version = values.getOrDefault("Version", "");
        return version.startsWith(PictureMetadata.SOFTWARE) ? version : ("AUTOMATIC1111 webui " + version).strip();
    }

    private static void fill(ForeignPicture picture, Map<String, String> values) {
        picture.steps = ForeignPicture.integer(values.get("Steps"));
        picture.guidanceScale = ForeignPicture.number(values.get("CFG scale")).orElse(0);
        picture.seed = ForeignPicture.seed(values.get("Seed"));
        picture.scheduler =
                SamplerName.toScheduler(values.getOrDefault("Sampler", ""), values.getOrDefault("Schedule type", ""));
        picture.clipSkip = Math.max(0, ForeignPicture.integer(values.get("Clip skip")) - 1);
        picture.modelName = values.getOrDefault("Model", "");
        picture.modelHash = values.getOrDefault("Model hash", "").toLowerCase(Locale.ROOT);
        Matcher size = SIZE.matcher(values.getOrDefault("Size", ""));
        if (size.matches()) {
            picture.size(Integer.parseInt(size.group(1)), Integer.parseInt(size.group(2)));
        }
        OptionalDouble strength = ForeignPicture.number(values.get("Denoising strength"));
        boolean isEnlarged = values.keySet().stream().anyMatch(name -> name.startsWith("Hires"));
        boolean isInpainted = values.keySet().stream().anyMatch(name -> name.startsWith("Mask"));
        if (strength.isPresent() && !isEnlarged) {
            picture.task = isInpainted
                    ? new Task.Inpainting(strength.getAsDouble(), Optional.empty(), Optional.empty())
                    : new Task.ImageToImage(strength.getAsDouble());
        }
    }
}
