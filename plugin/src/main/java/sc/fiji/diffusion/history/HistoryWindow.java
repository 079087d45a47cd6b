package sc.fiji.diffusion.history;

import ij.IJ;
import ij.ImagePlus;
import ij.WindowManager;
import ij.gui.HTMLDialog;
import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.Image;
import java.awt.Toolkit;
import java.awt.datatransfer.StringSelection;
import java.awt.event.MouseAdapter;
import java.awt.event.MouseEvent;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javax.swing.BorderFactory;
import javax.swing.DefaultListModel;
import javax.swing.JButton;
import javax.swing.JCheckBox;
import javax.swing.JFrame;
import javax.swing.JList;
import javax.swing.JOptionPane;
import javax.swing.JPanel;
import javax.swing.JScrollPane;
import javax.swing.ListSelectionModel;

/** Shows what was made before, with small pictures, and gives its values back to the commands' dialogs. */
public final class HistoryWindow {

    static final String TITLE = "Diffusion History";

    private static final Dimension SIZE = new Dimension(620, 420);

    private static HistoryWindow open;

    private final History history;
    private final JFrame frame = new JFrame(TITLE);
    private final DefaultListModel<HistoryStore.Kept> rows = new DefaultListModel<>();
    private final JList<HistoryStore.Kept> list = new JList<>(rows);
    private final JButton again =
            button("Use Again...", "Opens the dialog of the command with these values (double click)");
    private final JButton show = button("Show Image", "Brings the image to the front, if it is open yet");
    private final JButton copy = button("Copy Prompt", "Into the clipboard");
    private final JButton remove = button("Remove", "Forgets this entry");
    private final JButton clear = button("Clear", "Forgets all entries");
    private final JButton helpButton = button("Help", "What is kept, and where");
    private final JCheckBox keep = new JCheckBox("Keep a history", History.isKept());

    private HistoryWindow(History history, String help, Consumer<HistoryEntry> use) {
        this.history = history;
        helpButton.addActionListener(event -> new HTMLDialog(TITLE, help, false));
        again.addActionListener(event -> selected().ifPresent(kept -> use.accept(kept.entry())));
        show.addActionListener(event -> selected()
                .flatMap(kept -> history.openImage(kept.id()))
                .map(ImagePlus::getWindow)
                .ifPresent(WindowManager::toFront));
        copy.addActionListener(event -> selected().ifPresent(HistoryWindow::copyPrompt));
        remove.addActionListener(event -> selected().ifPresent(this::remove));
        clear.addActionListener(event -> clear());
        keep.addActionListener(event -> History.keep(keep.isSelected()));
        layOut();
        refresh();
    }

    /**
     * Opens it, or brings it to the front, with what there is now. On the event thread.
     *
     * @param help in HTML
     * @param use takes the entry that shall be used again
     */
    public static void show(List<? extends Image> icons, String help, Consumer<HistoryEntry> use) {
        if (open == null) {
            open = new HistoryWindow(History.shared(), help, use);
            open.frame.setIconImages(icons);
            WindowManager.addWindow(open.frame);
        }
        open.refresh();
        open.frame.setVisible(true);
        open.frame.toFront();
    }

    /** Shows what is new, if it is open. On the event thread. */
    public static void update() {
        if (open != null) {
            open.refresh();
        }
    }

    private void layOut() {
        list.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
        list.setCellRenderer(new HistoryRow());
        list.addListSelectionListener(event -> enableButtons());
        list.addMouseListener(new MouseAdapter() {
            @Override
            public void mouseClicked(MouseEvent event) {
                if (event.getClickCount() == 2) {
                    again.doClick();
                }
            }
        });
        keep.setToolTipText("In the folder " + History.FOLDER + " beside ImageJ's preferences, on this computer alone");
        JPanel buttons = new JPanel(new FlowLayout(FlowLayout.RIGHT));
        for (JButton button : List.of(again, show, copy, remove, clear, helpButton)) {
            buttons.add(button);
        }
        JPanel bottom = new JPanel(new BorderLayout());
        bottom.setBorder(BorderFactory.createEmptyBorder(0, 6, 0, 0));
        bottom.add(keep, BorderLayout.WEST);
        bottom.add(buttons, BorderLayout.EAST);
        JScrollPane scroll = new JScrollPane(list);
        scroll.setPreferredSize(SIZE);
        frame.setDefaultCloseOperation(JFrame.DISPOSE_ON_CLOSE);
        frame.add(scroll, BorderLayout.CENTER);
        frame.add(bottom, BorderLayout.SOUTH);
        frame.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosed(WindowEvent event) {
                WindowManager.removeWindow(frame);
                open = null;
            }
        });
        frame.pack();
        frame.setLocationByPlatform(true);
    }

    private static JButton button(String label, String description) {
        JButton button = new JButton(label);
        button.setToolTipText(description);
        return button;
    }

    private Optional<HistoryStore.Kept> selected() {
        return Optional.ofNullable(list.getSelectedValue());
    }

    private void refresh() {
        Optional<String> before = selected().map(HistoryStore.Kept::id);
        rows.clear();
        for (HistoryStore.Kept kept : history.store().entries()) {
            rows.addElement(kept);
            if (before.filter(kept.id()::equals).isPresent()) {
                list.setSelectedIndex(rows.size() - 1);
            }
        }
        if (list.isSelectionEmpty() && !rows.isEmpty()) {
            list.setSelectedIndex(0);
        }
        keep.setSelected(History.isKept());
        enableButtons();
    }

    private void enableButtons() {
        Optional<HistoryStore.Kept> kept = selected();
        again.setEnabled(kept.isPresent());
        copy.setEnabled(kept.isPresent());
        remove.setEnabled(kept.isPresent());
        show.setEnabled(kept.flatMap(entry -> history.openImage(entry.id())).isPresent());
        clear.setEnabled(!rows.isEmpty());
    }

    private static void copyPrompt(HistoryStore.Kept kept) {
        StringSelection text = new StringSelection(kept.entry().value("prompt"));
        Toolkit.getDefaultToolkit().getSystemClipboard().setContents(text, text);
    }

    private void remove(HistoryStore.Kept kept) {
        changed(() -> history.store().remove(kept.id()));
    }

    private void clear() {
        int answer = JOptionPane.showConfirmDialog(
                frame, "Forget all " + rows.size() + " entries?", TITLE, JOptionPane.OK_CANCEL_OPTION);
        if (answer == JOptionPane.OK_OPTION) {
            changed(history.store()::clear);
        }
    }

    @FunctionalInterface
    private interface Change {
        void make() throws IOException;
    }

    private void changed(Change change) {
        try {
            change.make();
        } catch (IOException e) {
            IJ.error(TITLE, "history: expected to delete the entry's files, found " + e.getMessage());
        }
        refresh();
    }
}
