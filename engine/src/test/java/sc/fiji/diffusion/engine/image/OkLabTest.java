package sc.fiji.diffusion.engine.image;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OkLabTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0, 0, 0",
        "1, 1, 1, 1, 0, 0",
        "1, 0, 0, 0.62796, 0.22486, 0.12585",
        "0, 1, 0, 0.86644, -0.23389, 0.17950",
        "0, 0, 1, 0.45201, -0.03246, -0.31153"
    })
    void knownColoursHaveTheirPublishedPlace(float red, float green, float blue, float lightness, float a, float b) {
        float[] colour = {red, green, blue};
        OkLab.fromSrgb(colour, 0);
        assertArrayEquals(new float[] {lightness, a, b}, colour, 2e-5f);
    }

    @Property
    void thereAndBackIsTheSameColour(
            @ForAll @FloatRange(min = 0, max = 1) float red,
            @ForAll @FloatRange(min = 0, max = 1) float green,
            @ForAll @FloatRange(min = 0, max = 1) float blue) {
        float[] colour = {-7, red, green, blue};
        OkLab.fromSrgb(colour, 1);
        OkLab.toSrgb(colour, 1);
        assertArrayEquals(new float[] {-7, red, green, blue}, colour, 2e-5f);
    }
}
