package sc.fiji.diffusion.queue;

import ij.WindowManager;
import java.awt.BorderLayout;
import java.awt.Dimension;
import java.awt.FlowLayout;
import java.awt.Image;
import java.awt.event.WindowAdapter;
import java.awt.event.WindowEvent;
import java.util.List;
import java.util.Optional;
import java.util.function.LongConsumer;
import javax.swing.BorderFactory;
import javax.swing.JButton;
import javax.swing.JFrame;
import javax.swing.JLabel;
import javax.swing.JPanel;
import javax.swing.JProgressBar;
import javax.swing.JScrollPane;
import javax.swing.JTable;
import javax.swing.ListSelectionModel;
import javax.swing.Timer;

/** Lists the jobs: how far each is, in which order they come; cancels, removes and moves them. On the event thread. */
public final class QueueWindow {

    static final String TITLE = "Diffusion Queue";

    private static final int REFRESH_MILLIS = 200;
    private static final Dimension SIZE = new Dimension(620, 190);
    private static final int[] COLUMN_WIDTHS = {340, 190, 90};

    private static QueueWindow open;

    private final JobQueue queue;
    private final JFrame frame = new JFrame(TITLE);
    private final QueueTable rows = new QueueTable();
    private final JTable table = new JTable(rows);
    private final Timer timer = new Timer(REFRESH_MILLIS, event -> refresh());
    private final JButton cancel = button("Cancel", "Ends the job that runs; what is finished stays");
    private final JButton remove = button("Remove", "Takes a job out that waits");
    private final JButton up = button("Up", "The job comes earlier");
    private final JButton down = button("Down", "The job comes later");

    private QueueWindow(JobQueue queue) {
        this.queue = queue;
        act(cancel, queue::cancel);
        act(remove, queue::cancel);
        act(up, queue::moveUp);
        act(down, queue::moveDown);
        layOut();
        frame.addWindowListener(new WindowAdapter() {
            @Override
            public void windowClosed(WindowEvent event) {
                timer.stop();
                WindowManager.removeWindow(frame);
                open = null;
            }
        });
        refresh();
        timer.start();
    }

    /** Opens it, or brings it to the front if it is open. */
    public static void show(List<? extends Image> icons) {
        if (open == null) {
            open = new QueueWindow(JobQueue.shared());
            open.frame.setIconImages(icons);
            WindowManager.addWindow(open.frame);
        }
        open.frame.setVisible(true);
        open.frame.toFront();
    }

    private void layOut() {
        table.setSelectionMode(ListSelectionModel.SINGLE_SELECTION);
        table.setFillsViewportHeight(true);
        table.setRowHeight(table.getRowHeight() + 6);
        JProgressBar bar = new JProgressBar(0, QueueTable.WHOLE);
        bar.setStringPainted(true);
        table.getColumnModel().getColumn(2).setCellRenderer((of, value, selected, focused, row, column) -> {
            bar.setValue((Integer) value);
            return bar;
        });
        for (int column = 0; column < COLUMN_WIDTHS.length; column++) {
            table.getColumnModel().getColumn(column).setPreferredWidth(COLUMN_WIDTHS[column]);
        }
        table.getSelectionModel().addListSelectionListener(event -> enableButtons());
        JPanel buttons = new JPanel(new FlowLayout(FlowLayout.RIGHT));
        for (JButton button : List.of(up, down, remove, cancel)) {
            buttons.add(button);
        }
        JLabel explanation = new JLabel("One job after the other. Commands that you start meanwhile wait here.");
        explanation.setBorder(BorderFactory.createEmptyBorder(6, 8, 6, 8));
        JScrollPane scroll = new JScrollPane(table);
        scroll.setPreferredSize(SIZE);
        frame.setDefaultCloseOperation(JFrame.DISPOSE_ON_CLOSE);
        frame.add(explanation, BorderLayout.NORTH);
        frame.add(scroll, BorderLayout.CENTER);
        frame.add(buttons, BorderLayout.SOUTH);
        frame.pack();
        frame.setLocationByPlatform(true);
    }

    private static JButton button(String label, String description) {
        JButton button = new JButton(label);
        button.setToolTipText(description);
        return button;
    }

    private void act(JButton button, LongConsumer action) {
        button.addActionListener(event -> {
            selected().ifPresent(job -> action.accept(job.id()));
            refresh();
        });
    }

    private Optional<QueuedJob> selected() {
        return rows.job(table.getSelectedRow());
    }

    /** The selection stays with its job; alone, the one that runs is selected. */
    private void refresh() {
        long before = selected().map(QueuedJob::id).orElse(-1L);
        rows.show(queue.jobs());
        int row = rows.row(before);
        int shown = row < 0 && rows.getRowCount() > 0 ? 0 : row;
        if (shown >= 0 && shown != table.getSelectedRow()) {
            table.setRowSelectionInterval(shown, shown);
        }
        enableButtons();
    }

    private void enableButtons() {
        Optional<QueuedJob> job = selected();
        boolean running = job.filter(QueuedJob::running).isPresent();
        boolean waiting = job.isPresent() && !running;
        int row = table.getSelectedRow();
        cancel.setEnabled(running && !job.get().cancelled());
        remove.setEnabled(waiting);
        up.setEnabled(waiting
                && row > 0
                && rows.job(row - 1).filter(QueuedJob::running).isEmpty());
        down.setEnabled(waiting && row + 1 < rows.getRowCount());
    }
}
