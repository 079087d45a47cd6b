package sc.fiji.diffusion.models;

import ij.IJ;
import ij.gui.HTMLDialog;
import ij.text.TextWindow;
import java.awt.BorderLayout;
import java.awt.EventQueue;
import java.awt.Image;
import java.awt.event.KeyEvent;
import java.io.File;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.JOptionPane;
import javax.swing.KeyStroke;
import sc.fiji.diffusion.engine.CancelledException;
import sc.fiji.diffusion.engine.DiffusionException;
import sc.fiji.diffusion.engine.download.DownloadOptions;
import sc.fiji.diffusion.engine.hub.AddedModels;
import sc.fiji.diffusion.engine.hub.ModelRemoval;
import sc.fiji.diffusion.engine.hub.ModelRow;
import sc.fiji.diffusion.engine.inspect.ModelDescription;
import sc.fiji.diffusion.form.ModelChooser;

/**
 * The list of models, with buttons for what can be done with them. All that looks at the disk or the network runs on a
 * thread of its own, one at a time; the window may be closed meanwhile, and shows the same when it comes up again.
 */
public final class ModelsWindow extends JFrame {

    private static final long serialVersionUID = 1L;

    private static final String TITLE = "Models";
    private static ModelsWindow shown;

    private final ModelsPanel panel = new ModelsPanel();
    private transient Optional<ModelTask> running = Optional.empty();

    private ModelsWindow(List<Image> icons, String help) {
        super(TITLE);
        setIconImages(icons);
        setDefaultCloseOperation(HIDE_ON_CLOSE);
        add(panel, BorderLayout.CENTER);
        listen();
        panel.help.addActionListener(event -> new HTMLDialog(TITLE, help, false));
        setBusy(Optional.empty());
        pack();
    }

    /**
     * Brings the window up. To be called on any thread.
     *
     * @param help is shown by its button, in HTML
     */
    public static void showUp(List<Image> icons, String help) {
        EventQueue.invokeLater(() -> {
            if (shown == null) {
                shown = new ModelsWindow(icons, help);
                shown.setLocationByPlatform(true);
            }
            shown.setVisible(true);
            shown.toFront();
            if (shown.running.isEmpty()) {
                shown.refresh(" ");
            }
        });
    }

    private void listen() {
        panel.download.addActionListener(event -> download(panel.model()));
        panel.add.addActionListener(event -> addOwn());
        panel.info.addActionListener(event -> describe(panel.model()));
        panel.remove.addActionListener(event -> remove(panel.model()));
        panel.cancel.addActionListener(event -> cancelOrClose());
        getRootPane()
                .registerKeyboardAction(
                        event -> cancelOrClose(),
                        KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0),
                        JComponent.WHEN_IN_FOCUSED_WINDOW);
    }

    private void cancelOrClose() {
        if (running.isPresent()) {
            running.get().cancel();
            panel.say("Cancelling…");
        } else {
            setVisible(false);
        }
    }

    private void download(String model) {
        run(task -> {
            boolean[] accepted = new boolean[1];
            ModelActions.get(
                    model,
                    DownloadOptions.USUAL,
                    plan -> {
                        accepted[0] = LicenseQuestion.ask(this, plan);
                        if (!accepted[0]) {
                            throw new CancelledException("the licence was not accepted");
                        }
                        return true;
                    },
                    task);
            MacroLine.record("action=get model=" + MacroLine.value(model) + (accepted[0] ? " accept" : ""));
            refreshLater(model + " is here");
        });
    }

    private void addOwn() {
        Optional<String> path = ModelChooser.choose("");
        String proposed = path.map(chosen -> new File(chosen).getName())
                .map(file -> file.replaceFirst("\\.safetensors$", "").replaceAll("[^A-Za-z0-9._-]+", "-"))
                .orElse("");
        String chosen = path.isEmpty() ? null : JOptionPane.showInputDialog(this, "Name of the model:", proposed);
        if (chosen != null) {
            run(task -> {
                AddedModels.add(chosen.strip(), new File(path.get()).toPath());
                MacroLine.record("action=add model=" + MacroLine.value(path.get()) + " name=" + chosen.strip());
                refreshLater(chosen.strip() + " was added");
            });
        }
    }

    private void describe(String model) {
        run(task -> {
            String text = ModelDescription.text(model);
            EventQueue.invokeLater(() -> new TextWindow(model, text, 760, 480));
            refreshLater(" ");
        });
    }

    private void remove(String model) {
        run(task -> {
            ModelRemoval removal = ModelRemoval.of(model);
            EventQueue.invokeLater(() -> removeIfWanted(model, removal));
        });
    }

    private void removeIfWanted(String model, ModelRemoval removal) {
        String question =
                String.format(Locale.ROOT, "This %s (%.1f MB).%nGo on?", removal.what(), removal.bytes() / 1e6);
        boolean wanted = JOptionPane.showConfirmDialog(this, question, "Remove " + model, JOptionPane.OK_CANCEL_OPTION)
                == JOptionPane.OK_OPTION;
        setBusy(Optional.empty());
        if (!wanted) {
            return;
        }
        run(task -> {
            removal.run();
            MacroLine.record("action=remove model=" + MacroLine.value(model));
            refreshLater(model + " was removed");
        });
    }

    /** The work must call {@link #refreshLater} in the end, or have something else make the window idle again. */
    private void run(Consumer<ModelTask> work) {
        ModelTask task = new ModelTask(state -> EventQueue.invokeLater(() -> panel.show(state)));
        setBusy(Optional.of(task));
        task.start(started -> {
            try {
                work.accept(started);
            } catch (CancelledException e) {
                refreshLater(e.getMessage());
            } catch (DiffusionException e) {
                refreshLater(" ");
                IJ.error(TITLE, e.getMessage());
            } catch (RuntimeException e) {
                refreshLater(" ");
                IJ.handleException(e);
            }
        });
    }

    private void setBusy(Optional<ModelTask> task) {
        running = task;
        panel.setBusy(task.isPresent());
    }

    /** To be called on the event thread. */
    private void refresh(String text) {
        run(task -> refreshLater(text));
    }

    /** Reads the list on the calling thread, and shows it. */
    private void refreshLater(String text) {
        List<ModelRow> rows;
        String shownText = text;
        try {
            rows = ModelRow.list();
        } catch (DiffusionException e) {
            rows = List.of();
            shownText = e.getMessage();
        }
        List<ModelRow> listed = rows;
        String told = shownText;
        EventQueue.invokeLater(() -> {
            panel.show(listed);
            panel.say(told);
            setBusy(Optional.empty());
        });
    }
}
