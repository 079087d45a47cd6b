package sc.fiji.diffusion.command;

import java.util.List;
import java.util.stream.Collectors;
import sc.fiji.diffusion.form.Field;
import sc.fiji.diffusion.form.FieldValues;

/** A page in Markdown that lists the keys of every command. */
final class MacroReference {

    /** Schedulers are listed once, at the end. */
    private static final int MOST_OPTIONS = 12;

    private static final String INTRODUCTION =
            """
            # Macro reference

            Every command of *Plugins ▸ Diffusion*, and every key that `run("Command...", "key=value …")` takes. Keys never change
            their names. Those left out take their defaults; *the model's* is what suits the model, *automatic* what suits the
            values of the others. How values are written, and examples, are in [macros and scripts](macros-and-scripts.md); what
            they do is in each dialog's Help.

            This page is made out of the commands by `MacroReferenceTest`, which fails where the two differ.
            """;

    private final List<CommandForms> commands;
    private final List<String> menu;

    MacroReference(List<CommandForms> commands, List<String> menu) {
        this.commands = commands;
        this.menu = menu;
    }

    String page() {
        return INTRODUCTION
                + menu.stream().map(this::command).collect(Collectors.joining())
                + "\n## Schedulers\n\n"
                + SamplingFields.SCHEDULER_FIELD.options().stream()
                        .map(option -> "| `" + option.name() + "` | " + option.label() + " |\n")
                        .collect(Collectors.joining("", "| name | in the dialogs |\n|---|---|\n", ""));
    }

    private String command(String name) {
        return "\n## " + name + "\n\n"
                + commands.stream()
                        .filter(command -> command.form().command().equals(name))
                        .findFirst()
                        .map(MacroReference::table)
                        .orElse("Takes no keys.\n");
    }

    private static String table(CommandForms command) {
        return command.form().fields().stream()
                .map(field -> "| `" + field.key() + "` | " + label(field) + " | "
                        + command.values().getOrDefault(field.key(), values(field)) + " | "
                        + defaultValue(field, command.defaults()) + " |\n")
                .collect(Collectors.joining("", "| key | in the dialog | values | default |\n|---|---|---|---|\n", ""));
    }

    private static String label(Field field) {
        return field instanceof Field.Numeric number && number.unit().matches("[a-z]+")
                ? field.label() + ", " + number.unit()
                : field.label();
    }

    private static String values(Field field) {
        if (field instanceof Field.Choice choice) {
            return choice.options().size() > MOST_OPTIONS
                    ? "one of the [schedulers](#schedulers)"
                    : choice.options().stream()
                            .map(option -> "`" + option.name() + "`")
                            .collect(Collectors.joining(", "));
        }
        if (field instanceof Field.Numeric) {
            return "a number";
        }
        if (field instanceof Field.ShortText) {
            return "`current`, `all`, or numbers such as `2-5,7`";
        }
        if (field instanceof Field.Flag) {
            return "the key alone";
        }
        return field instanceof Field.Model ? "a model's name or path" : "a text";
    }

    private static String defaultValue(Field field, FieldValues defaults) {
        if (!defaults.has(field.key())) {
            return "the model's";
        }
        String value = defaults.text(field.key());
        if (field instanceof Field.Flag) {
            return value.equals(FieldValues.YES) ? "yes" : "no";
        }
        return value.isEmpty() ? "none" : value.contains(" ") ? value : "`" + value + "`";
    }
}
