package sc.fiji.diffusion.form;

import ij.gui.GenericDialog;
import java.awt.Button;
import java.awt.Checkbox;
import java.awt.Choice;
import java.awt.Component;
import java.awt.Container;
import java.awt.FlowLayout;
import java.awt.Font;
import java.awt.GridBagConstraints;
import java.awt.GridBagLayout;
import java.awt.Panel;
import java.awt.TextField;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sc.fiji.diffusion.engine.hub.ModelKind;

/** A form's fields as components of ImageJ's dialog. Their texts are read and written directly, nothing is recorded. */
final class FormFields {

    private static final int NUMBER_COLUMNS = 9;

    /** With more, ImageJ gives the field the rest of its row. */
    private static final int SHORT_TEXT_COLUMNS = 8;

    private static final int MODEL_COLUMNS = 30;
    private static final int TEXT_COLUMNS = 50;
    private static final Font HEADING_FONT = new Font(Font.SANS_SERIF, Font.BOLD, 12);

    /** What AWT can't show in a line, or ImageJ can't record. */
    private static final String UNPRINTABLE = "[\\p{Cntrl}\\x80-\\x9f]+";

    private final GenericDialog dialog;
    private final Form form;
    private final Map<String, TextField> textFields = new HashMap<>();
    private final Map<String, Checkbox> checkboxes = new HashMap<>();
    private final Map<String, Choice> choices = new HashMap<>();

    /** Labels too. */
    private final Map<Component, String> components = new LinkedHashMap<>();

    FormFields(GenericDialog dialog, Form form) {
        this.dialog = dialog;
        this.form = form;
        form.sections().forEach(this::add);
    }

    private void add(Form.Section section) {
        if (!section.heading().isEmpty()) {
            dialog.addMessage(section.heading(), HEADING_FONT);
        }
        for (List<String> row : section.rows()) {
            for (String key : row) {
                if (!key.equals(row.get(0))) {
                    dialog.addToSameRow();
                }
                int before = dialog.getComponentCount();
                add(form.field(key).orElseThrow());
                for (int i = before; i < dialog.getComponentCount(); i++) {
                    note(dialog.getComponent(i), key);
                }
            }
        }
    }

    private void note(Component component, String key) {
        components.put(component, key);
        if (component instanceof Container container) {
            for (Component inner : container.getComponents()) {
                note(inner, key);
            }
        }
    }

    /** What the dialog shows of each field, and the key of the field. */
    Map<Component, String> components() {
        return components;
    }

    FieldValues read() {
        Map<String, String> texts = new HashMap<>();
        textFields.forEach((key, field) -> texts.put(key, field.getText().replaceAll(UNPRINTABLE, " ")));
        checkboxes.forEach((key, box) -> texts.put(key, box.getState() ? FieldValues.YES : FieldValues.NO));
        choices.forEach((key, choice) ->
                texts.put(key, option(key, choice.getSelectedItem()).name()));
        return new FieldValues(texts);
    }

    void write(FieldValues values) {
        textFields.forEach((key, field) -> {
            if (!field.getText().equals(values.text(key))) {
                field.setText(values.text(key));
            }
        });
        checkboxes.forEach((key, box) -> box.setState(values.flag(key)));
        choices.forEach(
                (key, choice) -> choice.select(option(key, values.text(key)).label()));
    }

    /** These, with the first option where one is named that is none. */
    FieldValues possible(FieldValues values) {
        FieldValues possible = values;
        for (String key : choices.keySet()) {
            if (!choice(key).has(values.text(key))) {
                possible = possible.with(key, choice(key).options().get(0).name());
            }
        }
        return possible;
    }

    private Field.Option option(String key, String nameOrLabel) {
        return choice(key).option(nameOrLabel);
    }

    private Field.Choice choice(String key) {
        return (Field.Choice) form.field(key).orElseThrow();
    }

    private void add(Field field) {
        if (field instanceof Field.Numeric number) {
            dialog.addNumericField(number.label(), Double.NaN, 0, NUMBER_COLUMNS, number.unit());
            textFields.put(number.key(), (TextField) dialog.getNumericFields().lastElement());
        } else if (field instanceof Field.ShortText) {
            addText(field, SHORT_TEXT_COLUMNS);
        } else if (field instanceof Field.Text) {
            addText(field, TEXT_COLUMNS);
        } else if (field instanceof Field.Model model) {
            addText(field, MODEL_COLUMNS);
            addModelButtons(textFields.get(field.key()), model.kind());
        } else if (field instanceof Field.Flag) {
            dialog.addCheckbox(field.label(), false);
            checkboxes.put(field.key(), (Checkbox) dialog.getCheckboxes().lastElement());
        } else if (field instanceof Field.Choice choice) {
            String[] labels = choice.options().stream().map(Field.Option::label).toArray(String[]::new);
            dialog.addChoice(choice.label(), labels, labels[0]);
            choices.put(choice.key(), (Choice) dialog.getChoices().lastElement());
        }
    }

    private void addText(Field field, int columns) {
        dialog.addStringField(field.label(), "", columns);
        textFields.put(field.key(), (TextField) dialog.getStringFields().lastElement());
    }

    /** Behind the text field, as ImageJ has it at its own fields for files and folders. */
    private void addModelButtons(TextField field, ModelKind kind) {
        Button button = new Button("Browse...");
        button.addActionListener(event -> ModelChooser.choose(field.getText()).ifPresent(field::setText));
        GridBagLayout layout = (GridBagLayout) dialog.getLayout();
        GridBagConstraints constraints = layout.getConstraints(field);
        Panel panel = new Panel(new FlowLayout(FlowLayout.LEFT, 0, 0));
        panel.add(field);
        panel.add(ModelMenu.button(field, kind));
        panel.add(button);
        layout.setConstraints(panel, constraints);
        dialog.add(panel);
    }
}
