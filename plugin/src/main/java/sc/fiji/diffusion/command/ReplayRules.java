package sc.fiji.diffusion.command;

import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.form.FormRules;

/** Any model may be named: whether it is the one that was used is told. */
final class ReplayRules implements FormRules {

    private final KnownModels models = new KnownModels();

    @Override
    public FieldValues complete(FieldValues given) {
        return given.orElse(ReplayForm.DEFAULTS);
    }

    @Override
    public FieldValues examples() {
        return FieldValues.none();
    }

    @Override
    public FieldValues adjusted(FieldValues before, FieldValues now) {
        return now;
    }

    /** The usual model need not be named. */
    @Override
    public FieldValues recorded(FieldValues values) {
        return values.equals(ReplayForm.DEFAULTS) ? FieldValues.none() : values;
    }

    @Override
    public void check(FieldValues values) {
        String model = values.text(ReplayForm.MODEL).strip();
        if (model.isEmpty()) {
            throw new RequestException("model: expected auto, or a model's name, folder or file, found nothing");
        }
        if (!model.equals(ReplayForm.SAME_WEIGHTS)) {
            models.of(model);
        }
    }
}
