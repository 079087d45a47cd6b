package sc.fiji.diffusion.command;

import java.util.List;
import java.util.Map;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.hub.Models;
import sc.fiji.diffusion.engine.pipeline.PromptReading;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.form.Field;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.job.SchedulerNames;
import sc.fiji.diffusion.job.Seeds;
import sc.fiji.diffusion.watermark.ChosenWatermark;

/** The fields that every command has that makes images. Macros rely on the keys: they never change. */
final class SamplingFields {

    static final String MODEL = "model";
    static final String STEPS = "steps";
    static final String GUIDANCE = "guidance";
    static final String SCHEDULER = "scheduler";
    static final String SEED = "seed";
    static final String NEGATIVE = "negative";
    static final String PROMPT = "prompt";

    static final Field MODEL_FIELD = new Field.Model(MODEL, "Model");
    static final Field STEPS_FIELD = new Field.Numeric(STEPS, "Steps", "");
    static final Field GUIDANCE_FIELD = new Field.Numeric(GUIDANCE, "Guidance", "");
    static final Field.Choice SCHEDULER_FIELD = new Field.Choice(SCHEDULER, "Scheduler", schedulers());
    static final Field SEED_FIELD = new Field.Numeric(SEED, "Seed", "(-1: random)");
    static final Field NEGATIVE_FIELD = new Field.Text(NEGATIVE, "Negative prompt");
    static final Field PROMPT_FIELD = new Field.Text(PROMPT, "Prompt");

    /** All but steps and guidance, which hang on the model. */
    static final FieldValues DEFAULTS = new FieldValues(Map.of(
            MODEL,
            Models.EMBEDDED,
            SCHEDULER,
            SchedulerNames.MODEL_DEFAULT,
            SEED,
            Long.toString(Seeds.RANDOM),
            NEGATIVE,
            "",
            PROMPT,
            ""));

    private SamplingFields() {}

    /** The values with seeds in the place of random ones, drawn now. */
    static FieldValues drawn(FieldValues values, String... keys) {
        FieldValues drawn = values;
        for (String key : keys) {
            drawn = drawn.with(key, Long.toString(seed(values, key)));
        }
        return drawn;
    }

    /** The seed that a field asks for; a random one is drawn now. */
    static long seed(FieldValues values, String key) {
        long seed = values.wholeNumber(key);
        if (seed < Seeds.RANDOM) {
            throw new RequestException(key + ": expected 0 or more, or -1 for a random one, found " + seed);
        }
        return Seeds.resolve(seed);
    }

    /** The request of complete values; a random seed is drawn now. */
    static TextToImageRequest request(FieldValues values, int width, int height, int count) {
        return request(values, width, height, count, seed(values, SEED));
    }

    /** The same with a seed of one's own. */
    static TextToImageRequest request(FieldValues values, int width, int height, int count, long seed) {
        return new TextToImageRequest(
                        values.text(PROMPT),
                        values.text(NEGATIVE),
                        width,
                        height,
                        values.wholeInt(STEPS),
                        values.number(GUIDANCE),
                        SchedulerNames.choice(
                                SCHEDULER_FIELD.option(values.text(SCHEDULER)).name()),
                        seed,
                        count,
                        PromptReading.USUAL)
                .withWatermark(ChosenWatermark.isOn());
    }

    private static List<Field.Option> schedulers() {
        return SchedulerNames.names().stream()
                .map(name -> new Field.Option(name, SchedulerNames.label(name)))
                .toList();
    }
}
