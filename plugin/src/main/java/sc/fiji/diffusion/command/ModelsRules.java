package sc.fiji.diffusion.command;

import java.util.Map;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.form.FormRules;

/** What each action of Models needs. */
final class ModelsRules implements FormRules {

    static final FieldValues DEFAULTS = new FieldValues(Map.of(
            ModelsForm.ACTION,
            ModelsForm.LIST,
            ModelsForm.MODEL,
            "",
            ModelsForm.NAME,
            "",
            ModelsForm.PRECISION,
            "",
            ModelsForm.FILE,
            "",
            ModelsForm.ACCEPT,
            FieldValues.NO));

    @Override
    public FieldValues complete(FieldValues given) {
        return given.orElse(DEFAULTS);
    }

    @Override
    public FieldValues examples() {
        return FieldValues.none();
    }

    @Override
    public FieldValues adjusted(FieldValues before, FieldValues now) {
        return now;
    }

    @Override
    public void check(FieldValues values) {
        String action =
                ModelsForm.ACTION_FIELD.option(values.text(ModelsForm.ACTION)).name();
        if (!action.equals(ModelsForm.LIST) && values.text(ModelsForm.MODEL).isBlank()) {
            throw new RequestException("model: expected the model to " + action + ", found none");
        }
        if (action.equals(ModelsForm.ADD) && values.text(ModelsForm.NAME).isBlank()) {
            throw new RequestException("name: expected a name for " + values.text(ModelsForm.MODEL) + ", found none");
        }
    }
}
