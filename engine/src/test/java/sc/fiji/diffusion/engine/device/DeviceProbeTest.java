package sc.fiji.diffusion.engine.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import sc.fiji.diffusion.engine.CancelledException;
import sc.fiji.diffusion.engine.runtime.Device;

/** Real processes: one with the engine, and some that behave as bad drivers do. */
class DeviceProbeTest {

    @Test
    void theCpuWorksAndItsSpeedIsMeasured() {
        DeviceState.Usable state = assertInstanceOf(
                DeviceState.Usable.class, DeviceProbe.of(Device.CPU).run(Device.CPU));
        assertTrue(state.gigaflops() > 0.1 && state.gigaflops() < 1e6, state.text());
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "processes end by signals on Unix alone")
    void aCrashIsSurvivedAndTold() {
        String why = why(Misbehaving.Crashing.class, Duration.ofSeconds(60));
        assertTrue(why.contains("ended with status 137, as after a crash of a driver"), why);
    }

    @Test
    void aDriverThatHangsIsNotWaitedForLong() {
        assertEquals(
                "cpu: expected an answer within 2 s, found none",
                why(Misbehaving.Hanging.class, Duration.ofSeconds(2)));
    }

    @Test
    void anAnswerThatIsNoneIsAFailure() {
        String why = why(Misbehaving.Babbling.class, Duration.ofSeconds(60));
        assertTrue(why.contains("ended with status 0"), why);
    }

    @Test
    void driversMayPrintWhatTheyLike() {
        assertEquals(
                new DeviceState.Usable(Device.CPU, 12.5),
                probe(Misbehaving.Noisy.class, Duration.ofSeconds(60)).run(Device.CPU));
    }

    @Test
    void whoIsInterruptedWaitsNoMore() {
        DeviceProbe probe = probe(Misbehaving.Hanging.class, Duration.ofMinutes(1));
        Thread.currentThread().interrupt();
        assertThrows(CancelledException.class, () -> probe.run(Device.CPU));
        assertTrue(Thread.interrupted());
    }

    private static String why(Class<?> program, Duration patience) {
        return assertInstanceOf(
                        DeviceState.Unusable.class, probe(program, patience).run(Device.CPU))
                .why();
    }

    /** With the tests' classes in reach too. */
    private static DeviceProbe probe(Class<?> program, Duration patience) {
        Path classes = Path.of("target", "test-classes").toAbsolutePath();
        return new DeviceProbe(List.of("-Xbootclasspath/a:" + classes), program.getName(), patience);
    }
}
