package sc.fiji.diffusion.command;

import static sc.fiji.diffusion.command.SamplingFields.PROMPT;

import java.util.Optional;
import java.util.function.Consumer;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.form.FormRules;

/** What commands have in common: defaults, of which some hang on the model. */
final class EditRules implements FormRules {

    private final FieldValues defaults;
    private final FieldValues examples;
    private final ModelDefaults ofModel;
    private final Consumer<FieldValues> check;

    private EditRules(FieldValues defaults, FieldValues examples, ModelDefaults ofModel, Consumer<FieldValues> check) {
        this.defaults = defaults;
        this.examples = examples;
        this.ofModel = ofModel;
        this.check = check;
    }

    /**
     * For a command that works on an open image.
     *
     * @param check throws if complete values can't be used
     */
    EditRules(FieldValues defaults, Consumer<FieldValues> check) {
        this(defaults, FieldValues.none(), check);
    }

    /** @param examples what the dialog shows the first time besides a prompt, instead of defaults */
    EditRules(FieldValues defaults, FieldValues examples, Consumer<FieldValues> check) {
        this(defaults, examples, ModelDefaults.unsized(), check);
    }

    /** For a command that asks for a size. */
    static EditRules sized(FieldValues defaults, FieldValues examples, Consumer<FieldValues> check) {
        return new EditRules(defaults, examples, ModelDefaults.sized(), check);
    }

    @Override
    public FieldValues complete(FieldValues given) {
        return ofModel.complete(given.orElse(defaults));
    }

    @Override
    public FieldValues examples() {
        return examples.orElse(FieldValues.none().with(PROMPT, "many green nuclei on a dark background"));
    }

    @Override
    public FieldValues adjusted(FieldValues before, FieldValues now) {
        return ofModel.adjusted(before, now);
    }

    @Override
    public FieldValues recorded(FieldValues values) {
        return values.has(ControlFields.CONTROLNET) ? ControlFields.recorded(values) : values;
    }

    @Override
    public void check(FieldValues values) {
        ofModel.check(values);
        check.accept(values);
    }

    @Override
    public Optional<String> note(FieldValues values) {
        return ofModel.note(values);
    }
}
