package sc.fiji.diffusion.form;

import ij.plugin.frame.Recorder;

/** Writes the line that {@link MacroOptions} reads into ImageJ's macro recorder. */
final class FormRecorder {

    private FormRecorder() {}

    /** Replaces what the recorder may have of the command that is running; fields without a value are left out. */
    static void record(Form form, FieldValues values) {
        Recorder.resetCommandOptions();
        for (Field field : form.fields()) {
            String key = field.key();
            if (!values.has(key)) {
                continue;
            }
            if (field instanceof Field.Flag) {
                if (values.flag(key)) {
                    Recorder.recordOption(key);
                }
            } else if (field instanceof Field.Text) {
                Recorder.recordOption(key, bracketed(Recorder.fixString(MacroText.encode(values.text(key)))));
            } else if (field instanceof Field.Model) {
                Recorder.recordOption(key, Recorder.fixString(Recorder.fixPath(values.text(key))));
            } else {
                Recorder.recordOption(key, values.text(key).strip());
            }
        }
    }

    /** Of a command that was cancelled: in a macro its line would do the work. Another may have begun since. */
    static void recordNothing(Form form) {
        if (form.command().equals(Recorder.getCommand())) {
            Recorder.setCommand(null);
        }
    }

    /** The recorder itself puts brackets around what has spaces. */
    private static String bracketed(String text) {
        return text.contains(" ") ? text : "[" + text + "]";
    }
}
