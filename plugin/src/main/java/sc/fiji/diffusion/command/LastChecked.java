package sc.fiji.diffusion.command;

import java.util.List;
import java.util.function.Consumer;
import sc.fiji.diffusion.form.FieldValues;

/**
 * A check that takes its time, done again only when the values that it hangs on have changed: a dialog asks with every
 * letter typed.
 */
final class LastChecked implements Consumer<FieldValues> {

    private final List<String> keys;
    private final Consumer<FieldValues> check;
    private FieldValues last = FieldValues.none();

    /** @param keys of the fields that it hangs on */
    LastChecked(List<String> keys, Consumer<FieldValues> check) {
        this.keys = keys;
        this.check = check;
    }

    /** Throws what the check throws. */
    @Override
    public void accept(FieldValues values) {
        FieldValues now = values.only(keys);
        if (!now.equals(last)) {
            check.accept(values);
            last = now;
        }
    }
}
