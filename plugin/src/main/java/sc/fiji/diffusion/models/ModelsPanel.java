package sc.fiji.diffusion.models;

import java.awt.BorderLayout;
import java.awt.Component;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.util.List;
import java.util.Optional;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JComponent;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JProgressBar;
import javax.swing.JScrollPane;
import javax.swing.JTable;
import javax.swing.JTextField;
import javax.swing.ListSelectionModel;
import javax.swing.table.DefaultTableCellRenderer;
import sc.fiji.diffusion.engine.download.DownloadState;
import sc.fiji.diffusion.engine.hub.ModelRow;

/** What the window shows: the list, a name, buttons, and how far things are. Used on the event thread. */
final class ModelsPanel extends JPanel {

    private static final long serialVersionUID = 1L;

    private static final int[] WIDTHS = {160, 70, 105, 65, 85, 190, 420};
    private static final int MOST = 1000;

    final JButton download = new JButton("Download…");
    final JButton add = new JButton("Add…");
    final JButton info = new JButton("Info");
    final JButton remove = new JButton("Remove…");
    final JButton cancel = new JButton("Cancel");
    final JButton help = new JButton("Help");

    private final ModelsTable models = new ModelsTable();
    private final JTable table = new JTable(models);
    private final JTextField name = new JTextField(24);
    private final JProgressBar bar = new JProgressBar(0, MOST);
    private final JLabel status = new JLabel(" ");

    ModelsPanel() {
        super(new BorderLayout());
        table.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
        table.getTableHeader().setReorderingAllowed(false);
        table.setDefaultRenderer(Object.class, new WholeText());
        for (int i = 0; i < WIDTHS.length; i++) {
            table.getColumnModel().getColumn(i).setPreferredWidth(WIDTHS[i]);
        }
        table.setPreferredScrollableViewportSize(new Dimension(1095, 240));
        table.getSelectionModel()
                .addListSelectionListener(event -> selected().ifPresent(row -> name.setText(row.name())));
        add(new JScrollPane(table), BorderLayout.CENTER);
        add(controls(), BorderLayout.SOUTH);
    }

    /** Tells all of a text that has no room, when the mouse is over it. */
    private static final class WholeText extends DefaultTableCellRenderer {

        private static final long serialVersionUID = 1L;

        @Override
        public Component getTableCellRendererComponent(
                JTable shown, Object value, boolean selected, boolean focused, int row, int column) {
            Component cell = super.getTableCellRendererComponent(shown, value, selected, focused, row, column);
            ((JComponent) cell).setToolTipText(String.valueOf(value));
            return cell;
        }
    }

    private JPanel controls() {
        JPanel buttons = new JPanel(new FlowLayout(FlowLayout.LEFT, 6, 0));
        JLabel label = new JLabel("Model:");
        label.setLabelFor(name);
        name.setToolTipText("A name of the list, or any of the hub's: owner/name, owner/name@revision");
        buttons.add(label);
        buttons.add(name);
        for (JButton button : List.of(download, add, info, remove, cancel, help)) {
            buttons.add(button);
        }
        JPanel panel = new JPanel(new BorderLayout(0, 6));
        panel.setBorder(BorderFactory.createEmptyBorder(8, 8, 8, 8));
        panel.add(buttons, BorderLayout.NORTH);
        panel.add(bar, BorderLayout.CENTER);
        panel.add(status, BorderLayout.SOUTH);
        return panel;
    }

    private Optional<ModelRow> selected() {
        int index = table.getSelectedRow();
        return index < 0 ? Optional.empty() : Optional.of(models.row(index));
    }

    /** The name that is written there, or was chosen in the list. */
    String model() {
        return name.getText().strip();
    }

    void show(List<ModelRow> rows) {
        models.show(rows);
    }

    void show(DownloadState state) {
        bar.setIndeterminate(false);
        bar.setValue((int) Math.round(MOST * state.share()));
        status.setText(state.text());
    }

    void say(String text) {
        status.setText(text.isEmpty() ? " " : text);
    }

    void setBusy(boolean busy) {
        for (JButton button : List.of(download, add, info, remove)) {
            button.setEnabled(!busy);
        }
        cancel.setText(busy ? "Cancel" : "Close");
        bar.setIndeterminate(busy);
        bar.setValue(0);
    }
}
