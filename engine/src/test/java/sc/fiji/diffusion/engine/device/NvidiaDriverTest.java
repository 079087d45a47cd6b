package sc.fiji.diffusion.engine.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NvidiaDriverTest {

    @Test
    void everyGpuIsNamed() {
        assertEquals(
                Optional.of(new NvidiaDriver(List.of("NVIDIA H100 80GB HBM3", "NVIDIA T400, 4GB"), "550.54.15")),
                NvidiaDriver.parsed("550.54.15, NVIDIA H100 80GB HBM3\r\n550.54.15, NVIDIA T400, 4GB\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "No devices were found", "NVIDIA-SMI has failed, because it couldn't reach the driver\n", ","
            })
    void whatNamesNoGpuIsNoDriver(String output) {
        assertEquals(Optional.empty(), NvidiaDriver.parsed(output));
    }

    @Test
    void aProgramThatIsNotThereIsNoDriver() {
        assertEquals(Optional.empty(), NvidiaDriver.find("no-such-program-" + System.nanoTime()));
    }

    @ParameterizedTest
    @CsvSource({"470.82, false", "525.60.13, true", "580.1, true"})
    void anOldDriverIsRefused(String version, boolean works) {
        assertEquals(works, new NvidiaDriver(List.of("GPU"), version).obstacle().isEmpty());
    }

    @Test
    void withoutADriverThereIsOneSentence() {
        String sentence = NvidiaDriver.obstacle(Optional.empty()).orElseThrow();
        assertTrue(sentence.startsWith("cuda: expected "), sentence);
    }
}
