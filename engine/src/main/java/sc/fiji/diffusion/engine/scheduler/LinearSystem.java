package sc.fiji.diffusion.engine.scheduler;

/** A few linear equations, by elimination with the largest element of a column as its pivot. */
final class LinearSystem {

    private LinearSystem() {}

    /** The unknowns; the arrays are used up. */
    static double[] solve(double[][] matrix, double... right) {
        int size = right.length;
        for (int column = 0; column < size; column++) {
            swapLargestUp(matrix, right, column);
            for (int row = column + 1; row < size; row++) {
                double factor = matrix[row][column] / matrix[column][column];
                for (int k = column; k < size; k++) {
                    matrix[row][k] -= factor * matrix[column][k];
                }
                right[row] -= factor * right[column];
            }
        }
        for (int row = size - 1; row >= 0; row--) {
            for (int k = row + 1; k < size; k++) {
                right[row] -= matrix[row][k] * right[k];
            }
            right[row] /= matrix[row][row];
        }
        return right;
    }

    private static void swapLargestUp(double[][] matrix, double[] right, int column) {
        int pivot = column;
        for (int row = column + 1; row < right.length; row++) {
            if (Math.abs(matrix[row][column]) > Math.abs(matrix[pivot][column])) {
                pivot = row;
            }
        }
        double[] line = matrix[column];
        matrix[column] = matrix[pivot];
        matrix[pivot] = line;
        double value = right[column];
        right[column] = right[pivot];
        right[pivot] = value;
    }
}
