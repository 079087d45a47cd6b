package sc.fiji.diffusion.engine.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Fits against the maps that they should find. */
class LeastSquaresTest {

    @Test
    void aLinearMapIsFoundAgain() {
        double[][] map = {{1, -2, 0.5, 3}, {0, 4, 1, -1}};
        Random random = new Random(1);
        LeastSquares squares = new LeastSquares(4, 2);
        for (int i = 0; i < 50; i++) {
            double[] inputs = {random.nextGaussian(), random.nextGaussian(), random.nextGaussian(), 1};
            squares.add(inputs, new double[] {product(map[0], inputs), product(map[1], inputs)});
        }
        double[][] found = squares.solution();
        for (int output = 0; output < 2; output++) {
            for (int input = 0; input < 4; input++) {
                assertEquals(map[output][input], found[output][input], 1e-5, output + ", " + input);
            }
        }
    }

    @Test
    void anInputThatIsAlwaysZeroDoesNotHurt() {
        LeastSquares squares = new LeastSquares(2, 1);
        for (int i = 0; i < 10; i++) {
            squares.add(new double[] {0, i}, new double[] {3.0 * i});
        }
        double[][] found = squares.solution();
        assertTrue(Double.isFinite(found[0][0]));
        assertEquals(3, found[0][1], 1e-5);
    }

    private static double product(double[] weights, double[] inputs) {
        double sum = 0;
        for (int i = 0; i < inputs.length; i++) {
            sum += weights[i] * inputs[i];
        }
        return sum;
    }
}
