package sc.fiji.diffusion.engine.scheduler;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import sc.fiji.diffusion.engine.Reference;
import sc.fiji.diffusion.engine.safetensors.SafetensorsFile;

class TorchRandomTest {

    private static final float TOLERANCE = 1e-5f;

    @ParameterizedTest
    @MethodSource("drawn")
    void aSeedDrawsWhatItDrawsInPyTorch(String tensor) {
        float[] expected = noise().readFloats(tensor).values();
        assertArrayEquals(expected, new TorchRandom(seed(tensor)).next(expected.length), TOLERANCE);
    }

    @ParameterizedTest
    @MethodSource("drawnFirst")
    void aSecondDrawGoesOnWhereTheFirstEnded(String first) {
        SafetensorsFile noise = noise();
        float[] expectedFirst = noise.readFloats(first).values();
        float[] expectedThen =
                noise.readFloats(first.replace("_first_", "_then_")).values();
        TorchRandom random = new TorchRandom(seed(first));
        assertArrayEquals(expectedFirst, random.next(expectedFirst.length), TOLERANCE);
        assertArrayEquals(expectedThen, random.next(expectedThen.length), TOLERANCE);
    }

    @Test
    void theSecondOfAPairIsKeptForTheNextDraw() {
        float[] together = new TorchRandom(3).next(6);
        TorchRandom random = new TorchRandom(3);
        float[] first = random.next(3);
        float[] then = random.next(3);
        assertArrayEquals(new float[] {together[0], together[1], together[2]}, first);
        assertArrayEquals(new float[] {together[3], together[4], together[5]}, then);
    }

    @Test
    void onlyTheLowBitsOfASeedMatter() {
        assertArrayEquals(new TorchRandom(5).next(40), new TorchRandom(5 + (1L << 32)).next(40));
    }

    @Test
    void theValuesAreNormal() {
        float[] values = new TorchRandom(11).next(1_000_003);
        double sum = 0;
        double squares = 0;
        for (float value : values) {
            sum += value;
            squares += value * value;
        }
        assertEquals(0, sum / values.length, 0.004);
        assertEquals(1, squares / values.length, 0.006);
    }

    @Test
    void nothingIsDrawnForNoValues() {
        TorchRandom random = new TorchRandom(1);
        assertEquals(0, random.next(0).length);
        assertArrayEquals(new TorchRandom(1).next(16), random.next(16));
    }

    static Stream<String> drawn() {
        return noise().tensors().keySet().stream().filter(name -> !name.contains("_then_"));
    }

    static Stream<String> drawnFirst() {
        return noise().tensors().keySet().stream().filter(name -> name.contains("_first_"));
    }

    private static SafetensorsFile noise() {
        return SafetensorsFile.open(Reference.folder().resolve("noise.safetensors"));
    }

    private static long seed(String tensor) {
        return Long.parseLong(tensor.substring("seed".length(), tensor.indexOf('_')));
    }
}
