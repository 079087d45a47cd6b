package sc.fiji.diffusion.queue;

import java.util.List;
import java.util.Optional;
import javax.swing.table.AbstractTableModel;

/** The jobs as rows: what, how it stands, and the share that is done. */
final class QueueTable extends AbstractTableModel {

    /** Of the share that is done, in per cent. */
    static final int WHOLE = 100;

    private static final long serialVersionUID = 1;
    private static final List<String> COLUMNS = List.of("Job", "State", "Done");

    private transient List<QueuedJob> jobs = List.of();

    /** Tells the table only what has changed, so that the selection stays. */
    void show(List<QueuedJob> now) {
        boolean sameRows = jobs.size() == now.size();
        boolean same = jobs.equals(now);
        jobs = now;
        if (!sameRows) {
            fireTableDataChanged();
        } else if (!same) {
            fireTableRowsUpdated(0, now.size() - 1);
        }
    }

    Optional<QueuedJob> job(int row) {
        return row >= 0 && row < jobs.size() ? Optional.of(jobs.get(row)) : Optional.empty();
    }

    /** The row of a job, or -1. */
    int row(long id) {
        for (int row = 0; row < jobs.size(); row++) {
            if (jobs.get(row).id() == id) {
                return row;
            }
        }
        return -1;
    }

    @Override
    public int getRowCount() {
        return jobs.size();
    }

    @Override
    public int getColumnCount() {
        return COLUMNS.size();
    }

    @Override
    public String getColumnName(int column) {
        return COLUMNS.get(column);
    }

    @Override
    public Object getValueAt(int row, int column) {
        QueuedJob job = jobs.get(row);
        return switch (column) {
            case 0 -> job.title();
            case 1 -> job.status();
            default -> (int) Math.round(WHOLE * job.done());
        };
    }
}
