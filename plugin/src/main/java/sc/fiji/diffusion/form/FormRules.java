package sc.fiji.diffusion.form;

import java.util.Optional;
import sc.fiji.diffusion.engine.DiffusionException;

/** What a command knows of its form's values: which are missing, which belong together, which can't be. */
public interface FormRules {

    /**
     * The values with the defaults of those that are missing.
     *
     * @throws DiffusionException if a default hangs on a value that can't be used
     */
    FieldValues complete(FieldValues given);

    /** What the dialog shows the first time, so that OK makes something at once; a macro gets none of it. */
    FieldValues examples();

    /** The values as they should be after a person changed one: another model brings its own size along. */
    FieldValues adjusted(FieldValues before, FieldValues now);

    /** Of complete values, those that play a part: a macro is recorded with these alone. */
    default FieldValues recorded(FieldValues values) {
        return values;
    }

    /** What the person should know of values that can be used, such as the memory that they will take. */
    default Optional<String> note(FieldValues values) {
        return Optional.empty();
    }

    /**
     * What is known of what is asked, such as how the active image was made: the dialog shows it instead of what was typed
     * last time.
     */
    default FieldValues known() {
        return FieldValues.none();
    }

    /** @throws DiffusionException if these values can't be used, in a sentence for the person who typed them */
    void check(FieldValues values);
}
