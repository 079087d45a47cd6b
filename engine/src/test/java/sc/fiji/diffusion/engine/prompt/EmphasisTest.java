package sc.fiji.diffusion.engine.prompt;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.List;
import org.junit.jupiter.api.Test;
import sc.fiji.diffusion.engine.tensor.Tensor;

class EmphasisTest {

    /** Begin, two tokens, end; two numbers each; their sum is 36. */
    private static final Tensor HIDDEN = Tensor.of(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 1, 4, 2);

    @Test
    void tokensAreMultipliedByTheirWeightsAndTheMeanStays() {
        Tensor weighted = Emphasis.weighted(HIDDEN, chunk(2, 0.5));
        // 1 2 | 6 8 | 2.5 3 | 7 8 has the sum 37.5
        double factor = 36 / 37.5;
        float[] expected = {1, 2, 6, 8, 2.5f, 3, 7, 8};
        for (int i = 0; i < expected.length; i++) {
            assertEquals(expected[i] * factor, weighted.values()[i], 1e-6, "value " + i);
        }
        assertArrayEquals(new int[] {1, 4, 2}, weighted.shape());
        assertEquals(36, sum(weighted), 1e-5);
    }

    @Test
    void aPlainChunkStaysTheSameToTheBit() {
        assertSame(HIDDEN, Emphasis.weighted(HIDDEN, chunk(1, 1)));
        assertSame(HIDDEN, Emphasis.weighted(HIDDEN, Chunk.EMPTY));
    }

    @Test
    void aMeanThatVanishesOrChangesItsSignIsNotRestored() {
        Tensor balanced = Tensor.of(new float[] {1, 1, 4, 4, -3, -3, 1, 1}, 1, 4, 2);
        assertArrayEquals(
                new float[] {1, 1, 4, 4, -6, -6, 1, 1},
                Emphasis.weighted(balanced, chunk(1, 2)).values(),
                "sum 6 becomes 0");
        assertArrayEquals(
                new float[] {1, 1, 4, 4, -9, -9, 1, 1},
                Emphasis.weighted(balanced, chunk(1, 3)).values(),
                "sum 6 becomes -6");
    }

    private static Chunk chunk(double first, double second) {
        return new Chunk(List.of(new Chunk.Token(10, first), new Chunk.Token(11, second)));
    }

    private static double sum(Tensor tensor) {
        double sum = 0;
        for (float value : tensor.values()) {
            sum += value;
        }
        return sum;
    }
}
