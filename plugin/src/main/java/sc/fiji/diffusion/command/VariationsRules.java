package sc.fiji.diffusion.command;

import static sc.fiji.diffusion.command.SamplingFields.PROMPT;

import java.util.Optional;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.form.FieldValues;
import sc.fiji.diffusion.form.FormRules;

/**
 * What Variations takes from the active image: all that a dialog shows besides strength and count; and in a macro what it
 * leaves out, unless it names a prompt, and so another picture.
 */
final class VariationsRules implements FormRules {

    private final FieldValues known;
    private final EditRules usual =
            EditRules.sized(VariationsForm.DEFAULTS, FieldValues.none(), VariationsForm::request);

    /** @param known of the active image; may be none */
    VariationsRules(FieldValues known) {
        this.known = known;
    }

    @Override
    public FieldValues known() {
        return known;
    }

    @Override
    public FieldValues complete(FieldValues given) {
        if (given.has(PROMPT)) {
            return usual.complete(given);
        }
        if (!known.has(PROMPT)) {
            throw new RequestException(
                    "prompt: expected a prompt and a seed, or an active image that was made from a text"
                            + " alone, found neither; choose such an image, or use Image to Image for others");
        }
        return usual.complete(given.orElse(known));
    }

    @Override
    public FieldValues examples() {
        return usual.examples();
    }

    @Override
    public FieldValues adjusted(FieldValues before, FieldValues now) {
        return usual.adjusted(before, now);
    }

    @Override
    public void check(FieldValues values) {
        usual.check(values);
    }

    @Override
    public Optional<String> note(FieldValues values) {
        return usual.note(values);
    }
}
