package sc.fiji.diffusion.form;

import java.awt.Component;
import java.awt.event.FocusAdapter;
import java.awt.event.FocusEvent;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Says what the field is for that the mouse is over, or else the one that is typed in: AWT has no tooltips. The words are
 * the first sentences of what the command's help page says of the field.
 */
final class FieldDescriptions {

    private final Map<String, String> descriptions;
    private final Consumer<String> line;
    private String focused = "";

    /** @param line takes what to show; empty for nothing */
    FieldDescriptions(String help, Consumer<String> line) {
        this.descriptions = HelpText.descriptions(help);
        this.line = line;
    }

    /** @param components and the keys of the fields that they belong to */
    void follow(Map<Component, String> components) {
        components.forEach((component, key) -> follow(component, descriptions.getOrDefault(key, "")));
    }

    private void follow(Component component, String description) {
        component.addFocusListener(new FocusAdapter() {
            @Override
            public void focusGained(FocusEvent event) {
                focused = description;
                line.accept(description);
            }
        });
        component.addMouseListener(new MouseAdapter() {
            @Override
            public void mouseEntered(MouseEvent event) {
                line.accept(description);
            }

            @Override
            public void mouseExited(MouseEvent event) {
                line.accept(focused);
            }
        });
    }
}
