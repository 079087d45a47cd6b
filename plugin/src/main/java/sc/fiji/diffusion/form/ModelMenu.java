package sc.fiji.diffusion.form;

import java.awt.Button;
import java.awt.EventQueue;
import java.awt.MenuItem;
import java.awt.PopupMenu;
import java.awt.TextField;
import java.awt.event.TextEvent;
import java.util.List;
import java.util.function.Consumer;
import sc.fiji.diffusion.engine.DiffusionException;
import sc.fiji.diffusion.engine.hub.ModelKind;
import sc.fiji.diffusion.engine.hub.ModelRow;

/** A button behind a model's field that offers the models that are here. */
final class ModelMenu {

    private static final String LABEL = "Models";

    private ModelMenu() {}

    /** @param kind of the models to offer */
    static Button button(TextField field, ModelKind kind) {
        Button button = new Button(LABEL);
        button.addActionListener(event -> {
            button.setEnabled(false);
            // Looking at the disk may take its time.
            Thread thread = new Thread(() -> show(button, field, kind), "Diffusion models");
            thread.setDaemon(true);
            thread.start();
        });
        return button;
    }

    private static void show(Button button, TextField field, ModelKind kind) {
        List<String> names = names(kind);
        EventQueue.invokeLater(() -> {
            button.setEnabled(true);
            if (button.isShowing()) {
                PopupMenu menu = menu(names, name -> {
                    field.setText(name);
                    field.dispatchEvent(new TextEvent(field, TextEvent.TEXT_VALUE_CHANGED));
                });
                button.add(menu);
                menu.show(button, 0, button.getHeight());
            }
        });
    }

    static PopupMenu menu(List<String> names, Consumer<String> chosen) {
        PopupMenu menu = new PopupMenu();
        if (names.isEmpty()) {
            MenuItem none = new MenuItem("None is here: see Plugins ▸ Diffusion ▸ Models…");
            none.setEnabled(false);
            menu.add(none);
        }
        for (String name : names) {
            MenuItem item = new MenuItem(name);
            item.addActionListener(event -> chosen.accept(name));
            menu.add(item);
        }
        return menu;
    }

    /** The models that can be used now, by name; none if they can't be listed. */
    static List<String> names(ModelKind kind) {
        try {
            return ModelRow.list().stream()
                    .filter(ModelRow::isUsable)
                    .filter(row -> row.kind().mayBe(kind))
                    .map(ModelRow::name)
                    .toList();
        } catch (DiffusionException unreadable) {
            return List.of();
        }
    }
}
