package sc.fiji.diffusion.form;

import ij.Prefs;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What a person typed last time, kept in ImageJ's preferences. Flags are not: they are about what is open now. */
public final class FormMemory {

    /** By commands' names. */
    private static final Map<String, FieldValues> OFFERED = new ConcurrentHashMap<>();

    private FormMemory() {}

    /** Lets the next dialog of a command show these values instead, once. */
    public static void offer(String command, FieldValues values) {
        OFFERED.put(command, values);
    }

    /** What the dialog of a form shall show instead of what it would; none if nothing was offered. */
    static FieldValues takeOffered(Form form) {
        FieldValues offered = OFFERED.remove(form.command());
        return offered == null ? FieldValues.none() : offered.only(form.keys());
    }

    /** Of fields that were never typed in there is nothing. */
    public static FieldValues load(Form form) {
        Map<String, String> texts = new HashMap<>();
        for (Field field : form.fields()) {
            String text = field instanceof Field.Flag ? null : Prefs.get(preference(form, field), null);
            if (text != null) {
                texts.put(field.key(), text);
            }
        }
        return new FieldValues(texts);
    }

    static void save(Form form, FieldValues values) {
        for (Field field : form.fields()) {
            if (!(field instanceof Field.Flag)) {
                Prefs.set(preference(form, field), values.text(field.key()));
            }
        }
    }

    private static String preference(Form form, Field field) {
        return "diffusion." + form.name() + "." + field.key();
    }
}
