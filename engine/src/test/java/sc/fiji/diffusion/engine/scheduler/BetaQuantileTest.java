package sc.fiji.diffusion.engine.scheduler;

import static org.junit.jupiter.api.Assertions.assertEquals;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BetaQuantileTest {

    /** Distributions whose quantiles have a formula: the uniform and the arcsine distribution. */
    @Property
    void formulasAreMet(@ForAll @DoubleRange(min = 0, max = 1) double probability) {
        assertEquals(probability, new BetaQuantile(1).at(probability), 1e-12);
        double arcsine = Math.pow(Math.sin(Math.PI / 2 * probability), 2);
        assertEquals(arcsine, new BetaQuantile(0.5).at(probability), 1e-12);
    }

    @Property
    void bothHalvesMirrorEachOther(@ForAll @DoubleRange(min = 0, max = 1) double probability) {
        BetaQuantile quantile = new BetaQuantile(0.6);
        assertEquals(1, quantile.at(probability) + quantile.at(1 - probability), 1e-12);
    }

    /** As scipy.stats.beta.ppf with 0.6 and 0.6 has them. */
    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "0.001, 1.855873851745199e-05",
        "0.25, 0.17568037865269498",
        "0.5, 0.5",
        "0.9, 0.9604155944112192",
        "1, 1"
    })
    void theQuantilesOfTheSigmasAreThoseOfScipy(double probability, double expected) {
        assertEquals(expected, new BetaQuantile(0.6).at(probability), 1e-9 * Math.max(1e-3, expected));
    }
}
