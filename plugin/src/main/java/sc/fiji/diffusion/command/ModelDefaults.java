package sc.fiji.diffusion.command;

import static sc.fiji.diffusion.command.SamplingFields.GUIDANCE;
import static sc.fiji.diffusion.command.SamplingFields.MODEL;
import static sc.fiji.diffusion.command.SamplingFields.STEPS;

import java.util.Map;
import java.util.Optional;
import sc.fiji.diffusion.engine.DiffusionException;
import sc.fiji.diffusion.form.FieldValues;

/**
 * What suits a model, in the fields that hang on it: steps, guidance, and the size where a form asks for one. Another
 * model brings its own along, but not over what a person has typed.
 */
final class ModelDefaults {

    static final String WIDTH = "width";
    static final String HEIGHT = "height";

    private final boolean sized;
    private final KnownModels models = new KnownModels();

    /** By the last model that was there. */
    private FieldValues suggested = FieldValues.none();

    private ModelDefaults(boolean sized) {
        this.sized = sized;
    }

    /** Of a form without a size of its own. */
    static ModelDefaults unsized() {
        return new ModelDefaults(false);
    }

    /** Of a form with a width and a height. */
    static ModelDefaults sized() {
        return new ModelDefaults(true);
    }

    /** @throws DiffusionException if there is no such model */
    FieldValues complete(FieldValues values) {
        suggested = of(values.text(MODEL));
        return values.orElse(suggested);
    }

    /** After a person changed something. */
    FieldValues adjusted(FieldValues before, FieldValues now) {
        if (before.text(MODEL).equals(now.text(MODEL))) {
            return now;
        }
        FieldValues better;
        try {
            better = of(now.text(MODEL));
        } catch (DiffusionException e) {
            // A path that is still being typed.
            return now;
        }
        FieldValues adjusted = now;
        for (String key : better.texts().keySet()) {
            boolean typed = suggested.has(key) && !suggested.text(key).equals(now.text(key));
            adjusted = typed ? adjusted : adjusted.with(key, better.text(key));
        }
        suggested = better;
        return adjusted;
    }

    /** @throws DiffusionException if there is no such model, or it can't make that size */
    void check(FieldValues values) {
        ModelTraits traits = models.of(values.text(MODEL));
        if (sized) {
            traits.requireMultiple(WIDTH, values.wholeInt(WIDTH));
            traits.requireMultiple(HEIGHT, values.wholeInt(HEIGHT));
        }
    }

    /** What to know of the size of values that are right. */
    Optional<String> note(FieldValues values) {
        return sized
                ? models.of(values.text(MODEL)).memory().warning(values.wholeInt(WIDTH), values.wholeInt(HEIGHT))
                : Optional.empty();
    }

    private FieldValues of(String model) {
        ModelTraits traits = models.of(model);
        FieldValues values = new FieldValues(
                Map.of(STEPS, Integer.toString(traits.steps()), GUIDANCE, Double.toString(traits.guidanceScale())));
        String size = Integer.toString(traits.nativeSize());
        return sized ? values.with(WIDTH, size).with(HEIGHT, size) : values;
    }
}
