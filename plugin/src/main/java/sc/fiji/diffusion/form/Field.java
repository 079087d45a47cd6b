package sc.fiji.diffusion.form;

import java.util.List;
import java.util.Optional;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.hub.ModelKind;

/**
 * One thing that a command asks for. Values are kept as texts, as people type them and macros give them; what kind a
 * field is says how it is shown, and how its text is checked and read.
 */
public sealed interface Field {

    /** In macros, a word in lower-case letters. */
    String key();

    /** In dialogs. */
    String label();

    /**
     * A number, whole or not.
     *
     * @param unit is shown behind the field, may be empty
     */
    record Numeric(String key, String label, String unit) implements Field {}

    /** A word or a few numbers, such as {@code 2-5,7}. */
    record ShortText(String key, String label) implements Field {}

    /** Yes or no; in a macro the key alone means yes. */
    record Flag(String key, String label) implements Field {}

    /**
     * The name of a model, or the folder or file that it is in.
     *
     * @param kind of the models that are offered
     */
    record Model(String key, String label, ModelKind kind) implements Field {

        /** One that makes images by itself. */
        public Model(String key, String label) {
            this(key, label, ModelKind.PIPELINE);
        }
    }

    /** A free text, so every character in it is kept. */
    record Text(String key, String label) implements Field {}

    /**
     * One of several.
     *
     * @param options in the order to list them
     */
    record Choice(String key, String label, List<Option> options) implements Field {

        public Choice {
            options = List.copyOf(options);
        }

        /** Whether there is such an option. */
        boolean has(String nameOrLabel) {
            return find(nameOrLabel).isPresent();
        }

        private Optional<Option> find(String nameOrLabel) {
            return options.stream()
                    .filter(option ->
                            option.name().equals(nameOrLabel) || option.label().equals(nameOrLabel))
                    .findFirst();
        }

        /** The option whose name or label it is. */
        public Option option(String nameOrLabel) {
            return find(nameOrLabel)
                    .orElseThrow(() -> new RequestException(key + ": expected one of "
                            + String.join(
                                    ", ", options.stream().map(Option::name).toList()) + ", found "
                            + nameOrLabel));
        }
    }

    /**
     * One entry of a choice.
     *
     * @param name in macros, without spaces
     * @param label in dialogs
     */
    record Option(String name, String label) {}
}
