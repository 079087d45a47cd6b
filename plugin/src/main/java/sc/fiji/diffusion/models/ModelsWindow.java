package sc.fiji.diffusion.models;

import ij.IJ;
import ij.gui.HTMLDialog;
import ij.text.TextWindow;
import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.EventQueue;
import java.awt.FlowLayout;
import java.awt.Image;
import java.awt.event.KeyEvent;
import java.io.File;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.JProgressBar;
import javax.swing.JScrollPane;
import javax.swing.JTable;
import javax.swing.JTextField;
import javax.swing.KeyStroke;
import javax.swing.ListSelectionModel;
import sc.fiji.diffusion.engine.CancelledException;
import sc.fiji.diffusion.engine.DiffusionException;
import sc.fiji.diffusion.engine.download.DownloadOptions;
import sc.fiji.diffusion.engine.download.DownloadState;
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
    private static final int[] WIDTHS = {190, 70, 95, 90, 170, 420};
    private static final int MOST = 1000;

    private static ModelsWindow shown;

    private final ModelsTable models = new ModelsTable();
    private final JTable table = new JTable(models);
    private final JTextField name = new JTextField(24);
    private final JButton download = new JButton("Download…");
    private final JButton add = new JButton("Add…");
    private final JButton info = new JButton("Info");
    private final JButton remove = new JButton("Remove…");
    private final JButton cancel = new JButton("Cancel");
    private final JButton helpButton = new JButton("Help");
    private final JProgressBar bar = new JProgressBar(0, MOST);
    private final JLabel status = new JLabel(" ");
    private transient Optional<ModelTask> running = Optional.empty();

    private ModelsWindow(List<Image> icons, String help) {
        super(TITLE);
        setIconImages(icons);
        setDefaultCloseOperation(HIDE_ON_CLOSE);
        add(new JScrollPane(table), BorderLayout.CENTER);
        add(controls(), BorderLayout.SOUTH);
        table.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
        table.setAutoResizeMode(JTable.AUTO_RESIZE_LAST_COLUMN);
        table.getTableHeader().setReorderingAllowed(false);
        for (int i = 0; i < WIDTHS.length; i++) {
            table.getColumnModel().getColumn(i).setPreferredWidth(WIDTHS[i]);
        }
        table.setPreferredScrollableViewportSize(new Dimension(1035, 240));
        table.getSelectionModel()
                .addListSelectionListener(event -> selected().ifPresent(row -> name.setText(row.name())));
        listen();
        helpButton.addActionListener(event -> new HTMLDialog(TITLE, help, false));
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

    private JPanel controls() {
        JPanel buttons = new JPanel(new FlowLayout(FlowLayout.LEFT, 6, 0));
        JLabel label = new JLabel("Model:");
        label.setLabelFor(name);
        name.setToolTipText("A name of the list, or any of the hub's: owner/name, owner/name@revision");
        buttons.add(label);
        buttons.add(name);
        for (JButton button : List.of(download, add, info, remove, cancel, helpButton)) {
            buttons.add(button);
        }
        JPanel panel = new JPanel(new BorderLayout(0, 6));
        panel.setBorder(BorderFactory.createEmptyBorder(8, 8, 8, 8));
        panel.add(buttons, BorderLayout.NORTH);
        panel.add(bar, BorderLayout.CENTER);
        panel.add(status, BorderLayout.SOUTH);
        return panel;
    }

    private void listen() {
        download.addActionListener(event -> download(name.getText().strip()));
        add.addActionListener(event -> addOwn());
        info.addActionListener(event -> describe(name.getText().strip()));
        remove.addActionListener(event -> remove(name.getText().strip()));
        cancel.addActionListener(event -> cancelOrClose());
        getRootPane()
                .registerKeyboardAction(
                        event -> cancelOrClose(),
                        KeyStroke.getKeyStroke(KeyEvent.VK_ESCAPE, 0),
                        JComponent.WHEN_IN_FOCUSED_WINDOW);
    }

    private Optional<ModelRow> selected() {
        int index = table.getSelectedRow();
        return index < 0 ? Optional.empty() : Optional.of(models.row(index));
    }

    private void cancelOrClose() {
        if (running.isPresent()) {
            running.get().cancel();
            status.setText("Cancelling…");
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
        if (!wanted) {
            setBusy(Optional.empty());
            return;
        }
        setBusy(Optional.empty());
        run(task -> {
            removal.run();
            MacroLine.record("action=remove model=" + MacroLine.value(model));
            refreshLater(model + " was removed");
        });
    }

    /** The work must call {@link #refreshLater} in the end, or have something else make the window idle again. */
    private void run(Consumer<ModelTask> work) {
        ModelTask task = new ModelTask(state -> EventQueue.invokeLater(() -> show(state)));
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

    private void show(DownloadState state) {
        bar.setIndeterminate(false);
        bar.setValue((int) Math.round(MOST * state.share()));
        status.setText(state.text());
    }

    private void setBusy(Optional<ModelTask> task) {
        running = task;
        for (JButton button : List.of(download, add, info, remove)) {
            button.setEnabled(task.isEmpty());
        }
        cancel.setText(task.isEmpty() ? "Close" : "Cancel");
        bar.setIndeterminate(task.isPresent());
        bar.setValue(0);
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
            models.show(listed);
            status.setText(told.isEmpty() ? " " : told);
            setBusy(Optional.empty());
        });
    }
}
