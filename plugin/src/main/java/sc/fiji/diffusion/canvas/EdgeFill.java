package sc.fiji.diffusion.canvas;

import sc.fiji.diffusion.engine.image.Region;
import sc.fiji.diffusion.engine.image.Size;

/**
 * Lays one of ImageJ's pixel arrays, of whatever type, into a larger one. New pixels take the value of the nearest old
 * one. Where that is not finite, they take the mean of the finite ones instead: nothing can be generated over NaN.
 */
final class EdgeFill {

    private final Object from;
    private final Region old;
    private final Object to;
    private final Size size;

    private EdgeFill(Object from, Region old, Object to, Size size) {
        this.from = from;
        this.old = old;
        this.to = to;
        this.size = size;
    }

    /**
     * Fills an array of the same type.
     *
     * @param from row by row
     * @param old where it comes to lie
     * @param to row by row
     * @param size of the larger one
     */
    static void fill(Object from, Region old, Object to, Size size) {
        EdgeFill fill = new EdgeFill(from, old, to, size);
        for (int y = 0; y < old.height(); y++) {
            fill.fillRow(y);
        }
        fill.repeatRow(old.y(), 0, old.y());
        fill.repeatRow(old.y() + old.height() - 1, old.y() + old.height(), size.height());
        if (to instanceof float[] values) {
            fill.replaceNotFinite((float[]) from, values);
        }
    }

    /** Copies whole arrays, so that every bit stays, those of NaN too. */
    @SuppressWarnings("SuspiciousSystemArraycopy") // both are arrays of the image's type
    private void fillRow(int y) {
        int first = y * old.width();
        int row = (old.y() + y) * size.width();
        System.arraycopy(from, first, to, row + old.x(), old.width());
        for (int x = 0; x < old.x(); x++) {
            System.arraycopy(from, first, to, row + x, 1);
        }
        for (int x = old.x() + old.width(); x < size.width(); x++) {
            System.arraycopy(from, first + old.width() - 1, to, row + x, 1);
        }
    }

    @SuppressWarnings("SuspiciousSystemArraycopy") // an array and itself
    private void repeatRow(int row, int begin, int end) {
        for (int y = begin; y < end; y++) {
            System.arraycopy(to, row * size.width(), to, y * size.width(), size.width());
        }
    }

    private void replaceNotFinite(float[] oldValues, float[] values) {
        float mean = meanOfFinite(oldValues);
        for (int y = 0; y < size.height(); y++) {
            boolean newRow = y < old.y() || y >= old.y() + old.height();
            replace(values, y, 0, newRow ? size.width() : old.x(), mean);
            replace(values, y, newRow ? size.width() : old.x() + old.width(), size.width(), mean);
        }
    }

    private void replace(float[] values, int y, int begin, int end, float mean) {
        for (int i = y * size.width() + begin; i < y * size.width() + end; i++) {
            if (!Float.isFinite(values[i])) {
                values[i] = mean;
            }
        }
    }

    /** 0 if there is none. */
    private static float meanOfFinite(float[] values) {
        double sum = 0;
        int count = 0;
        for (float value : values) {
            if (Float.isFinite(value)) {
                sum += value;
                count++;
            }
        }
        return count == 0 ? 0 : (float) (sum / count);
    }
}
