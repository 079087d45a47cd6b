package sc.fiji.diffusion.form;

import ij.IJ;
import ij.Macro;
import ij.macro.Interpreter;
import ij.plugin.frame.Recorder;
import java.awt.GraphicsEnvironment;
import java.awt.Panel;
import java.util.Optional;
import java.util.function.Supplier;
import sc.fiji.diffusion.macro.MacroThread;

/** Gets a command's values: from the macro that runs it, or else from the person who chose it in the menu. */
public final class FormInput {

    private FormInput() {}

    /**
     * All values of the form, checked; empty if the person cancelled. In a macro, and without a display, no dialog
     * comes up: what the options leave out takes its default.
     *
     * @throws sc.fiji.diffusion.engine.DiffusionException if the macro's values can't be used
     */
    public static Optional<FieldValues> get(Form form, FormRules rules, String help) {
        return get(form, rules, help, null);
    }

    /**
     * The same, with something more for people to see.
     *
     * @param panel makes what the dialog shows below the fields, when it comes up; or null
     */
    public static Optional<FieldValues> get(Form form, FormRules rules, String help, Supplier<Panel> panel) {
        if (MacroThread.isMacro() || GraphicsEnvironment.isHeadless()) {
            String options = Macro.getOptions();
            FieldValues given =
                    MacroOptions.read(form, options == null ? "" : MacroEncoding.decoded(options), FormInput::variable);
            FieldValues values = rules.complete(given);
            rules.check(values);
            if (IJ.recording() && Recorder.recordInMacros) {
                FormRecorder.record(form, rules.recorded(values));
            }
            return Optional.of(values);
        }
        FieldValues remembered =
                FormMemory.takeOffered(form).orElse(rules.known()).orElse(FormMemory.load(form));
        Optional<FieldValues> values = new FormDialog(form, rules, help, panel).ask(remembered);
        values.ifPresent(typed -> FormMemory.save(form, typed));
        if (IJ.recording()) {
            values.ifPresentOrElse(
                    typed -> FormRecorder.record(form, rules.recorded(typed)), () -> FormRecorder.recordNothing(form));
        }
        return values;
    }

    private static Optional<String> variable(String name) {
        Interpreter interpreter = Interpreter.getInstance();
        return interpreter == null
                ? Optional.empty()
                : Optional.ofNullable(interpreter.getVariableAsString(name)).map(MacroEncoding::decoded);
    }
}
