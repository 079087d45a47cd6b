package sc.fiji.diffusion.engine.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpreadTest {

    @Test
    void theMedianStandsInTheMiddleOrBetweenTheTwo() {
        assertEquals(Optional.of(new Spread(2, 1, 9, 3)), Spread.of(List.of(9.0, 1.0, 2.0)));
        assertEquals(Optional.of(new Spread(3, 1, 9, 4)), Spread.of(List.of(9.0, 1.0, 2.0, 4.0)));
        assertEquals(Optional.empty(), Spread.of(List.of()));
    }

    @Test
    void ratiosAreOfWhatWasMeasuredTogether() {
        assertEquals(
                Optional.of(new Spread(0.5, 0.25, 2, 3)),
                Spread.ofRatios(List.of(1.0, 2.0, 8.0), List.of(2.0, 8.0, 4.0)));
    }
}
