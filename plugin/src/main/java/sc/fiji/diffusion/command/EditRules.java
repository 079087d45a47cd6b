package sc.fiji.diffusion.command;

import static sc.fiji.diffusion.command.SamplingFields.GUIDANCE;
import static sc.fiji.diffusion.command.SamplingFields.MODEL;
import static sc.fiji.diffusion.command.SamplingFields.PROMPT;

import java.util.function.Consumer;
import sc.fiji.diffusion.engine.DiffusionException;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.form.FormRules;

/** What the commands have in common that work on an open image: defaults, of which the guidance hangs on the model. */
final class EditRules implements FormRules {

    private final FieldValues defaults;
    private final FieldValues examples;
    private final Consumer<FieldValues> check;
    private final KnownModels models = new KnownModels();

    /** @param check throws if complete values can't be used */
    EditRules(FieldValues defaults, Consumer<FieldValues> check) {
        this(defaults, FieldValues.none(), check);
    }

    /** @param examples what the dialog shows the first time besides a prompt, instead of defaults */
    EditRules(FieldValues defaults, FieldValues examples, Consumer<FieldValues> check) {
        this.defaults = defaults;
        this.examples = examples;
        this.check = check;
    }

    @Override
    public FieldValues complete(FieldValues given) {
        FieldValues values = given.orElse(defaults);
        return values.has(GUIDANCE) ? values : values.with(GUIDANCE, guidance(values));
    }

    @Override
    public FieldValues examples() {
        return examples.with(PROMPT, "many green nuclei on a dark background");
    }

    @Override
    public FieldValues adjusted(FieldValues before, FieldValues now) {
        if (before.text(MODEL).equals(now.text(MODEL))) {
            return now;
        }
        try {
            return now.with(GUIDANCE, guidance(now));
        } catch (DiffusionException e) {
            // A path that is still being typed.
            return now;
        }
    }

    @Override
    public FieldValues recorded(FieldValues values) {
        return values.has(ControlFields.CONTROLNET) ? ControlFields.recorded(values) : values;
    }

    @Override
    public void check(FieldValues values) {
        guidance(values);
        check.accept(values);
    }

    private String guidance(FieldValues values) {
        return Double.toString(models.of(values.text(MODEL)).guidanceScale());
    }
}
