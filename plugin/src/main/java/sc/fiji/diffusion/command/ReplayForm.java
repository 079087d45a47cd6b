package sc.fiji.diffusion.command;

import java.util.List;
import sc.fiji.diffusion.form.Field;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.form.Form;

/** The fields of Replay. Macros rely on the keys: they never change. */
final class ReplayForm {

    static final String MODEL = "model";

    /** Stands for the model with the same weights, wherever it is. */
    static final String SAME_WEIGHTS = "auto";

    static final Form FORM = new Form(
            "Replay...",
            List.of(new Field.Model(MODEL, "Model")),
            List.of(new Form.Section("", List.of(List.of(MODEL)))));

    static final FieldValues DEFAULTS = FieldValues.none().with(MODEL, SAME_WEIGHTS);

    private ReplayForm() {}
}
