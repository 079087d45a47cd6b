package sc.fiji.diffusion.engine.scheduler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class SlerpTest {

    private static final int LATENTS = 4 * 16 * 16;

    @Property
    void itsEndsAreTheVectorsToTheBit(@ForAll int from, @ForAll int to) {
        assertArrayEquals(noise(from), Slerp.between(noise(from), noise(to), 0));
        assertArrayEquals(noise(to), Slerp.between(noise(from), noise(to), 1));
    }

    @Property
    void itIsTheSameFromEitherSide(
            @ForAll int from, @ForAll int to, @ForAll @DoubleRange(min = 0, max = 1) double position) {
        assertArrayEquals(
                Slerp.between(noise(from), noise(to), position),
                Slerp.between(noise(to), noise(from), 1 - position),
                1e-5f);
    }

    /** Noise of other strength than the scheduler reckons with makes pictures pale or burnt. */
    @Property
    void itsLengthLiesBetweenThoseOfItsEnds(
            @ForAll int from, @ForAll int to, @ForAll @DoubleRange(min = 0, max = 1) double position) {
        double first = length(noise(from));
        double second = length(noise(to));
        double between = length(Slerp.between(noise(from), noise(to), position));
        double slack = 0.02 * first;
        assertEquals((1 - position) * first + position * second, between, Math.abs(first - second) + slack);
    }

    @Property
    void unitVectorsStayOnTheCircleAndTurnEvenly(
            @ForAll @IntRange(min = 3, max = 177) int degrees, @ForAll @DoubleRange(min = 0, max = 1) double position) {
        double angle = Math.toRadians(degrees);
        float[] turned = Slerp.between(
                new float[] {1, 0}, new float[] {(float) Math.cos(angle), (float) Math.sin(angle)}, position);
        assertEquals(Math.cos(position * angle), turned[0], 1e-5);
        assertEquals(Math.sin(position * angle), turned[1], 1e-5);
    }

    @Test
    void whatHasNoAngleIsMixedAlongTheLine() {
        assertArrayEquals(new float[] {0.5f, 0}, Slerp.between(new float[] {0, 0}, new float[] {1, 0}, 0.5));
        assertArrayEquals(new float[] {1.25f, 0}, Slerp.between(new float[] {1, 0}, new float[] {2, 0}, 0.25));
        assertArrayEquals(new float[] {0.5f, 0}, Slerp.between(new float[] {1, 0}, new float[] {-1, 0}, 0.25));
    }

    /** NumPy's answer to diffusers' function. */
    @Test
    void itIsWhatDiffusersExampleComputes() {
        float[] from = {0.5f, -1.25f, 2, 0.75f};
        float[] to = {-1, 0.25f, 1.5f, -0.5f};
        float[] expected = {0.0226328f, -0.9003673f, 2.153118f, 0.4089649f};
        assertArrayEquals(expected, Slerp.between(from, to, 0.3), 1e-6f);
    }

    private static float[] noise(int seed) {
        return new TorchRandom(seed & 0xFFFFFFFFL).next(LATENTS);
    }

    private static double length(float[] vector) {
        double squares = 0;
        for (float value : vector) {
            squares += (double) value * value;
        }
        return Math.sqrt(squares);
    }
}
