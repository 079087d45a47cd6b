package sc.fiji.diffusion.engine.device;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.runtime.Device;
import sc.fiji.diffusion.engine.runtime.Provider;

class DeviceChoiceTest {

    private static final Device WEBGPU = Device.of(Provider.WEBGPU);
    private static final Device CUDA = Device.of(Provider.CUDA);

    private final List<String> notices = new ArrayList<>();

    @ParameterizedTest
    @ValueSource(strings = {"auto", "cpu", "webgpu", "cuda:1"})
    void whatPeopleTypeIsReadAndWrittenAgain(String name) {
        assertEquals(name, DeviceChoice.parse(name).toString());
    }

    @Test
    void nonsenseIsRefusedWithTheNamesThereAre() {
        assertEquals(
                "device: expected auto, cpu, webgpu, cuda, coreml, directml, or cuda:1 for the second of its kind,"
                        + " found tpu",
                assertThrows(RequestException.class, () -> DeviceChoice.parse("tpu"))
                        .getMessage());
    }

    @Test
    void theFastestThatWorksIsChosenWithoutAWord() {
        assertEquals(CUDA, fastest(usable(Device.CPU, 400), usable(WEBGPU, 5000), usable(CUDA, 20_000)));
        assertEquals(List.of(), notices);
    }

    @Test
    void whatDoesNotWorkIsToldWithWhatIsUsedInstead() {
        assertEquals(
                WEBGPU,
                fastest(
                        usable(Device.CPU, 400),
                        usable(WEBGPU, 5000),
                        new DeviceState.Unusable(CUDA, "cuda: expected a driver, found none")));
        assertEquals(List.of("cuda: expected a driver, found none; webgpu is used"), notices);
    }

    @Test
    void aSoftwareGpuIsNotTakenAndThatIsSaid() {
        assertEquals(Device.CPU, fastest(usable(Device.CPU, 400), usable(WEBGPU, 0.4)));
        assertEquals(List.of("webgpu is slower than the CPU (0.4 GFLOP/s to 400 GFLOP/s); cpu is used"), notices);
    }

    @Test
    void theCpuIsTakenWhereNothingWorksAtAll() {
        assertEquals(Device.CPU, fastest(new DeviceState.Unusable(Device.CPU, "cpu: no"), unusable(WEBGPU)));
        assertEquals(2, notices.size());
    }

    @Test
    void aNamedDeviceIsTakenAsItIs() {
        assertEquals(CUDA, DeviceChoice.of(CUDA).resolved(notices::add));
        assertTrue(notices.isEmpty());
    }

    @Test
    void whatFailsOnADeviceThatNobodyNamedIsDoneOnTheCpu() {
        assertEquals("done on cpu", DeviceChoice.AUTOMATIC.attempt(WEBGPU, DeviceChoiceTest::onCpuAlone, notices::add));
        assertEquals(List.of("webgpu: lost; cpu is used"), notices);
    }

    @Test
    void whatFailsOnANamedDeviceFails() {
        EngineException failure = assertThrows(EngineException.class, () -> DeviceChoice.of(WEBGPU)
                .attempt(WEBGPU, DeviceChoiceTest::onCpuAlone, notices::add));
        assertEquals("webgpu: lost", failure.getMessage());
        assertEquals(List.of(), notices);
    }

    @Test
    void whatFailsOnTheCpuIsNotDoneTwice() {
        List<Device> tried = new ArrayList<>();
        assertThrows(
                EngineException.class,
                () -> DeviceChoice.AUTOMATIC.attempt(
                        Device.CPU,
                        device -> {
                            tried.add(device);
                            throw new EngineException("no room");
                        },
                        notices::add));
        assertEquals(List.of(Device.CPU), tried);
        assertEquals(List.of(), notices);
    }

    private static String onCpuAlone(Device device) {
        if (!device.equals(Device.CPU)) {
            throw new EngineException(device + ": lost");
        }
        return "done on " + device;
    }

    private Device fastest(DeviceState... tried) {
        return DeviceChoice.fastest(List.of(tried), notices::add);
    }

    private static DeviceState usable(Device device, double gigaflops) {
        return new DeviceState.Usable(device, gigaflops);
    }

    private static DeviceState unusable(Device device) {
        return new DeviceState.Unusable(device, device + ": no");
    }
}
