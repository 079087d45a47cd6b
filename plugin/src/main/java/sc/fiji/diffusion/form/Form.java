package sc.fiji.diffusion.form;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The fields of one command, in the order in which a macro names them. Free texts come last, so that no words in them
 * can be taken for keys, whoever reads the macro.
 *
 * @param command the command's name as in the menu, such as {@code Text to Image...}
 * @param fields their keys are words in lower-case letters, no two alike
 * @param sections the keys as people see them, from the top of the dialog, each key in one of them
 */
public record Form(String command, List<Field> fields, List<Section> sections) {

    /**
     * Rows of the dialog that belong together.
     *
     * @param heading stands above them, unless it is empty
     * @param rows the keys in each row, from the left
     */
    public record Section(String heading, List<List<String>> rows) {

        public Section {
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    public Form {
        fields = List.copyOf(fields);
        sections = List.copyOf(sections);
        requireTextsLast(fields);
        Set<String> keys = new HashSet<>(fields.stream().map(Field::key).toList());
        Set<String> shown = new HashSet<>(sections.stream()
                .flatMap(section -> section.rows().stream())
                .flatMap(List::stream)
                .toList());
        if (!keys.equals(shown) || keys.size() != fields.size()) {
            throw new IllegalArgumentException(
                    "expected each key once, found the fields " + keys + ", in sections " + shown);
        }
    }

    /** The command's name without the dots: for titles. */
    public String title() {
        return command.replaceFirst("\\.+$", "");
    }

    /** The command's name as files and preferences have it, such as {@code text-to-image}. */
    public String name() {
        return title().toLowerCase(Locale.ROOT).replace(' ', '-');
    }

    /** The keys in the order in which a macro names them. */
    public List<String> keys() {
        return fields.stream().map(Field::key).toList();
    }

    /** The field that has a key. */
    public Optional<Field> field(String key) {
        return fields.stream().filter(field -> field.key().equals(key)).findFirst();
    }

    private static void requireTextsLast(List<Field> fields) {
        boolean textSeen = false;
        for (Field field : fields) {
            if (!field.key().matches("[a-z]+")) {
                throw new IllegalArgumentException("expected a word in lower-case letters, found " + field.key());
            }
            if (textSeen && !(field instanceof Field.Text)) {
                throw new IllegalArgumentException("expected free texts last, found " + field.key() + " behind one");
            }
            textSeen |= field instanceof Field.Text;
        }
    }
}
