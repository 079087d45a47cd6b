package sc.fiji.diffusion.form;

import ij.gui.DialogListener;
import ij.gui.GenericDialog;
import ij.gui.MultiLineLabel;
import java.awt.AWTEvent;
import java.awt.Color;
import java.awt.Panel;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import sc.fiji.diffusion.engine.DiffusionException;

/**
 * Shows a form to a person. Each change is checked at once: while the values can't be used, a sentence at the bottom
 * says why, and OK is greyed. Below it stands what the field is for that the person is at.
 */
final class FormDialog implements DialogListener {

    private static final int LINE_LENGTH = 72;

    /** As wide as a full line, blanks being narrower than letters: a small dialog leaves room for what is said later. */
    private static final String NO_MESSAGE = " ".repeat(9 * LINE_LENGTH / 5) + "\n ";

    private static final Color ERROR_COLOR = new Color(0xB00020);
    private static final Color NOTE_COLOR = new Color(0x8A5200);
    private static final Color DESCRIPTION_COLOR = new Color(0x404040);

    private final FormRules rules;
    private final GenericDialog dialog;
    private final FormFields fields;
    private final MultiLineLabel message;
    private FieldValues last = FieldValues.none();

    /** @param panel makes what stands below the fields, or null */
    FormDialog(Form form, FormRules rules, String help, Supplier<Panel> panel) {
        this.rules = rules;
        dialog = new GenericDialog(form.title());
        fields = new FormFields(dialog, form);
        if (panel != null) {
            dialog.addPanel(panel.get());
        }
        dialog.addMessage(NO_MESSAGE, null, ERROR_COLOR);
        message = (MultiLineLabel) dialog.getMessage();
        dialog.addMessage(NO_MESSAGE, null, DESCRIPTION_COLOR);
        new FieldDescriptions(help, twoLines((MultiLineLabel) dialog.getMessage())).follow(fields.components());
        dialog.addHelp(help);
        dialog.setIconImages(CommandIcon.images(form));
    }

    /** Waits for the person; empty if cancelled. */
    Optional<FieldValues> ask(FieldValues remembered) {
        last = initial(remembered);
        fields.write(last);
        dialog.addDialogListener(this);
        dialog.getButtons()[0].setEnabled(dialogItemChanged(dialog, null));
        dialog.showDialog();
        return dialog.wasCanceled() ? Optional.empty() : Optional.of(fields.read());
    }

    /** What was remembered may have become impossible, such as a model in a folder that is gone, or a GPU. */
    private FieldValues initial(FieldValues remembered) {
        try {
            return fields.possible(rules.complete(remembered.orElse(rules.examples())));
        } catch (DiffusionException e) {
            return fields.possible(rules.complete(rules.examples()));
        }
    }

    @Override
    public boolean dialogItemChanged(GenericDialog source, AWTEvent event) {
        FieldValues now = fields.read();
        FieldValues adjusted = rules.adjusted(last, now);
        last = adjusted;
        if (!adjusted.equals(now)) {
            fields.write(adjusted);
        }
        try {
            rules.check(adjusted);
            say(rules.note(adjusted).orElse(""), NOTE_COLOR);
            return true;
        } catch (DiffusionException e) {
            say(e.getMessage(), ERROR_COLOR);
            return false;
        }
    }

    private void say(String sentence, Color color) {
        message.setForeground(color);
        twoLines(message).accept(sentence);
    }

    private static Consumer<String> twoLines(MultiLineLabel label) {
        return sentence -> label.setText(sentence.isEmpty() ? NO_MESSAGE : twoLines(sentence));
    }

    /** The label has room for two lines; the whole sentence comes when a macro does the same. */
    private static String twoLines(String sentence) {
        if (sentence.length() <= LINE_LENGTH) {
            return sentence + "\n ";
        }
        int space = sentence.lastIndexOf(' ', LINE_LENGTH);
        int end = space < 0 ? LINE_LENGTH : space;
        String rest = sentence.substring(end).strip();
        return sentence.substring(0, end) + "\n"
                + (rest.length() <= LINE_LENGTH ? rest : rest.substring(0, LINE_LENGTH - 1) + "…");
    }
}
