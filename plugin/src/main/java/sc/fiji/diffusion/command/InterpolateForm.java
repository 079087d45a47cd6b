package sc.fiji.diffusion.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.blend.Keyframe;
import sc.fiji.diffusion.engine.blend.PromptList;
import sc.fiji.diffusion.engine.blend.Walk;
import sc.fiji.diffusion.engine.pipeline.BlendRequest;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.form.Field;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.form.Form;
import sc.fiji.diffusion.job.Seeds;
import sc.fiji.diffusion.result.ResultStack;

/** The fields of Interpolate. Macros rely on the keys: they never change. */
final class InterpolateForm {

    static final String FRAMES = "frames";
    static final String INTERVAL = "interval";
    static final String CLOSED = "closed";
    static final String SEEDS = "seeds";

    static final Form FORM = new Form(
            "Interpolate...",
            List.of(
                    SamplingFields.MODEL_FIELD,
                    TextToImageForm.WIDTH_FIELD,
                    TextToImageForm.HEIGHT_FIELD,
                    new Field.Numeric(FRAMES, "Frames", "in all"),
                    new Field.Numeric(INTERVAL, "Frame interval", "seconds"),
                    new Field.Flag(CLOSED, "Go on to the beginning"),
                    SamplingFields.STEPS_FIELD,
                    SamplingFields.GUIDANCE_FIELD,
                    SamplingFields.SCHEDULER_FIELD,
                    new Field.ShortText(SEEDS, "Seeds"),
                    SamplingFields.NEGATIVE_FIELD,
                    new Field.Text(SamplingFields.PROMPT, "Prompts")),
            List.of(new Form.Section(
                    "",
                    List.of(
                            List.of(SamplingFields.PROMPT),
                            List.of(SamplingFields.NEGATIVE),
                            List.of(SamplingFields.MODEL),
                            List.of(FRAMES, INTERVAL),
                            List.of(SEEDS, CLOSED),
                            List.of(ModelDefaults.WIDTH, ModelDefaults.HEIGHT),
                            List.of(SamplingFields.STEPS, SamplingFields.GUIDANCE),
                            List.of(SamplingFields.SCHEDULER)))));

    static final FieldValues DEFAULTS = SamplingFields.DEFAULTS
            .without(Set.of(SamplingFields.SEED))
            .with(FRAMES, Integer.toString(Walk.DEFAULT_FRAMES))
            .with(INTERVAL, Double.toString(ResultStack.USUAL_INTERVAL))
            .with(CLOSED, FieldValues.NO)
            .with(SEEDS, Long.toString(Seeds.RANDOM));

    static final FieldValues EXAMPLES = FieldValues.none()
            .with(
                    SamplingFields.PROMPT,
                    "many green nuclei on a dark background | many magenta bacteria on a light background");

    private InterpolateForm() {}

    /** What complete values ask for; random seeds are drawn now. */
    static BlendRequest request(FieldValues values) {
        interval(values);
        int frames = values.wholeInt(FRAMES);
        List<Long> seeds = seeds(values);
        TextToImageRequest settings = SamplingFields.request(
                values,
                values.wholeInt(ModelDefaults.WIDTH),
                values.wholeInt(ModelDefaults.HEIGHT),
                frames,
                seeds.get(0));
        List<Keyframe> keyframes = Keyframe.of(PromptList.of(values.text(SamplingFields.PROMPT)), seeds);
        return BlendRequest.of(settings, new Walk(keyframes, frames, values.flag(CLOSED)));
    }

    /** Between two frames, in seconds. */
    static double interval(FieldValues values) {
        double seconds = values.number(INTERVAL);
        if (seconds <= 0) {
            throw new RequestException(INTERVAL + ": expected more than 0 seconds, found " + seconds);
        }
        return seconds;
    }

    /** The values with seeds in the place of random ones, drawn now. */
    static FieldValues drawn(FieldValues values) {
        return values.with(
                SEEDS,
                String.join(",", seeds(values).stream().map(String::valueOf).toList()));
    }

    private static List<Long> seeds(FieldValues values) {
        List<Long> seeds = new ArrayList<>();
        for (String seed : values.text(SEEDS).split(",", -1)) {
            seeds.add(SamplingFields.seed(values.with(SEEDS, seed), SEEDS));
        }
        return seeds;
    }
}
