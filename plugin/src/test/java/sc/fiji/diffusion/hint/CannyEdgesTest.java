package sc.fiji.diffusion.hint;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.function.IntBinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.image.RgbImage;

/** Edges of pictures whose edges are known. */
class CannyEdgesTest {

    private static final int SIZE = 16;

    @Test
    void aStepHasOneColumnOfEdgesOnItsFirstSide() {
        // between columns 7 and 8 the gradient is the same; of equals the first is kept, as OpenCV keeps it
        assertEdges(grey((x, y) -> x < 8 ? 0 : 255), (x, y) -> x == 7);
        assertEdges(grey((x, y) -> y < 8 ? 255 : 0), (x, y) -> y == 7);
    }

    @Test
    void aDiagonalStepHasEdgesOnBothItsSidesAsInOpenCv() {
        boolean[] edges = CannyEdges.of(grey((x, y) -> x + y < SIZE ? 0 : 255), 100, 200);
        for (int y = 1; y < SIZE - 1; y++) {
            for (int x = 1; x < SIZE - 1; x++) {
                boolean atTheStep = x + y == SIZE - 1 || x + y == SIZE;
                assertEquals(atTheStep, edges[y * SIZE + x], "x " + x + ", y " + y);
            }
        }
    }

    @Test
    void aSquaresEdgesSurroundIt() {
        RgbImage square = grey((x, y) -> x >= 4 && x < 12 && y >= 4 && y < 12 ? 200 : 10);
        boolean[] edges = CannyEdges.of(square, 100, 200);
        for (int i = 6; i < 10; i++) {
            assertEquals(true, edges[i * SIZE + 3], "left, y " + i);
            assertEquals(true, edges[i * SIZE + 11], "right, y " + i);
            assertEquals(true, edges[3 * SIZE + i], "top, x " + i);
            assertEquals(true, edges[11 * SIZE + i], "bottom, x " + i);
            assertEquals(false, edges[i * SIZE + 7], "inside, y " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void theChannelWithTheSteepestGradientCounts(int channel) {
        float[] samples = new float[3 * SIZE * SIZE];
        for (int i = 0; i < SIZE * SIZE; i++) {
            samples[3 * i + channel] = i % SIZE < 8 ? 0 : 1;
        }
        assertEdges(new RgbImage(SIZE, SIZE, samples), (x, y) -> x == 7);
    }

    @Test
    void weakEdgesAreKeptWhereStrongOnesLeadToThem() {
        // a step has four times its height as gradient: here from 240 down to 180, above 200 in the upper part alone
        assertEdges(grey((x, y) -> x < 8 ? 0 : 60 - y), (x, y) -> x == 8);
        assertEdges(grey((x, y) -> x < 8 ? 0 : 45 - y), (x, y) -> false);
    }

    @Test
    void gradientsAreComparedWithTheThresholds() {
        RgbImage step = grey((x, y) -> x < 8 ? 0 : 50);
        // four times the step
        assertEquals(SIZE, count(CannyEdges.of(step, 100, 199)));
        assertEquals(0, count(CannyEdges.of(step, 100, 200)));
        assertThrows(RequestException.class, () -> new HintMaker(Hint.EDGES, 200, 100));
    }

    private static void assertEdges(RgbImage image, Pixels expected) {
        boolean[] edges = CannyEdges.of(image, 100, 200);
        for (int i = 0; i < edges.length; i++) {
            assertEquals(expected.at(i % SIZE, i / SIZE), edges[i], "x " + i % SIZE + ", y " + i / SIZE);
        }
    }

    private interface Pixels {
        boolean at(int x, int y);
    }

    private static int count(boolean... edges) {
        int count = 0;
        for (boolean edge : edges) {
            count += edge ? 1 : 0;
        }
        return count;
    }

    private static RgbImage grey(IntBinaryOperator value) {
        float[] samples = new float[3 * SIZE * SIZE];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = value.applyAsInt(i / 3 % SIZE, i / 3 / SIZE) / 255f;
        }
        return new RgbImage(SIZE, SIZE, samples);
    }
}
