package sc.fiji.diffusion.engine.pipeline;

/** A linear fit of several outputs to the same inputs, by the normal equations. */
final class LeastSquares {

    /** Keeps the equations soluble where inputs hang together, and changes nothing else. */
    private static final double RIDGE = 1e-6;

    private final double[][] products;
    private final double[][] sums;

    LeastSquares(int inputs, int outputs) {
        products = new double[inputs][inputs];
        sums = new double[inputs][outputs];
    }

    void add(double[] inputs, double[] outputs) {
        for (int i = 0; i < inputs.length; i++) {
            for (int j = 0; j < inputs.length; j++) {
                products[i][j] += inputs[i] * inputs[j];
            }
            for (int j = 0; j < outputs.length; j++) {
                sums[i][j] += inputs[i] * outputs[j];
            }
        }
    }

    /** {@code [outputs, inputs]}. Nothing can be added afterwards. */
    double[][] solution() {
        int inputs = products.length;
        for (int i = 0; i < inputs; i++) {
            products[i][i] += RIDGE;
        }
        // Gauss and Jordan; the matrix is symmetric and positive, so that no pivots are sought.
        for (int row = 0; row < inputs; row++) {
            for (int other = 0; other < inputs; other++) {
                if (other != row) {
                    double factor = products[other][row] / products[row][row];
                    subtract(products[other], products[row], factor);
                    subtract(sums[other], sums[row], factor);
                }
            }
        }
        double[][] solution = new double[sums[0].length][inputs];
        for (int output = 0; output < solution.length; output++) {
            for (int input = 0; input < inputs; input++) {
                solution[output][input] = sums[input][output] / products[input][input];
            }
        }
        return solution;
    }

    private static void subtract(double[] from, double[] row, double factor) {
        for (int i = 0; i < from.length; i++) {
            from[i] -= factor * row[i];
        }
    }
}
