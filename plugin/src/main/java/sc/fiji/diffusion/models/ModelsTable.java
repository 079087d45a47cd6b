package sc.fiji.diffusion.models;

import java.util.List;
import javax.swing.table.AbstractTableModel;
import sc.fiji.diffusion.engine.hub.ModelRow;

/** The list of models as rows and columns; used on the event thread. */
final class ModelsTable extends AbstractTableModel {

    private static final long serialVersionUID = 1L;

    private static final List<String> COLUMNS =
            List.of("Name", "State", "Size", "Memory", "Kind", "Licence", "Good for");

    private transient List<ModelRow> rows = List.of();

    void show(List<ModelRow> models) {
        rows = List.copyOf(models);
        fireTableDataChanged();
    }

    ModelRow row(int index) {
        return rows.get(index);
    }

    @Override
    public int getRowCount() {
        return rows.size();
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
    public Object getValueAt(int index, int column) {
        ModelRow row = rows.get(index);
        return switch (column) {
            case 0 -> row.name();
            case 1 -> row.state();
            case 2 -> row.size();
            case 3 -> row.memory();
            case 4 -> row.kind().label();
            case 5 -> row.license();
            default -> row.use();
        };
    }
}
