package sc.fiji.diffusion.command;

import java.util.List;
import sc.fiji.diffusion.engine.blend.Variations;
import sc.fiji.diffusion.engine.pipeline.BlendRequest;
import sc.fiji.diffusion.engine.pipeline.TextToImageRequest;
import sc.fiji.diffusion.form.Field;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.form.Form;
import sc.fiji.diffusion.job.Seeds;

/** The fields of Variations. Macros rely on the keys: they never change. */
final class VariationsForm {

    static final String STRENGTH = "strength";
    static final String VARIATION_SEED = "variationseed";
    static final String COUNT = "count";

    static final Form FORM = new Form(
            "Variations...",
            List.of(
                    SamplingFields.MODEL_FIELD,
                    TextToImageForm.WIDTH_FIELD,
                    TextToImageForm.HEIGHT_FIELD,
                    new Field.Numeric(STRENGTH, "Strength", "(0 to 1)"),
                    SamplingFields.STEPS_FIELD,
                    SamplingFields.GUIDANCE_FIELD,
                    SamplingFields.SCHEDULER_FIELD,
                    SamplingFields.SEED_FIELD,
                    new Field.Numeric(VARIATION_SEED, "Variation seed", "(-1: random)"),
                    new Field.Numeric(COUNT, "Count", "images"),
                    SamplingFields.NEGATIVE_FIELD,
                    SamplingFields.PROMPT_FIELD),
            List.of(
                    new Form.Section("", List.of(List.of(STRENGTH, COUNT), List.of(VARIATION_SEED))),
                    new Form.Section(
                            "The picture that is varied",
                            List.of(
                                    List.of(SamplingFields.PROMPT),
                                    List.of(SamplingFields.NEGATIVE),
                                    List.of(SamplingFields.MODEL),
                                    List.of(ModelDefaults.WIDTH, ModelDefaults.HEIGHT),
                                    List.of(SamplingFields.STEPS, SamplingFields.GUIDANCE),
                                    List.of(SamplingFields.SCHEDULER, SamplingFields.SEED)))));

    static final FieldValues DEFAULTS = SamplingFields.DEFAULTS
            .with(STRENGTH, Double.toString(Variations.DEFAULT_STRENGTH))
            .with(VARIATION_SEED, Long.toString(Seeds.RANDOM))
            .with(COUNT, "4");

    private VariationsForm() {}

    /** What complete values ask for; random seeds are drawn now. */
    static BlendRequest request(FieldValues values) {
        TextToImageRequest picture = SamplingFields.request(
                values, values.wholeInt(ModelDefaults.WIDTH), values.wholeInt(ModelDefaults.HEIGHT), 1);
        return BlendRequest.of(
                picture,
                new Variations(
                        values.number(STRENGTH), SamplingFields.seed(values, VARIATION_SEED), values.wholeInt(COUNT)));
    }
}
