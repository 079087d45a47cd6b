package sc.fiji.diffusion.engine.device;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import sc.fiji.diffusion.engine.DiffusionException;
import sc.fiji.diffusion.engine.runtime.Device;
import sc.fiji.diffusion.engine.runtime.Provider;

/** What this machine has. Each device is tried once a process, which takes seconds; safe to use from any thread. */
public final class Devices {

    private static final Devices HERE = new Devices();

    /** Held for as long as a device is tried, before the monitor of this. */
    private final Object probing = new Object();

    private final Map<Device, DeviceState> tried = new LinkedHashMap<>();

    /** Null until somebody asked. */
    private Optional<NvidiaDriver> nvidia;

    private Devices() {}

    /** Those of this machine. */
    public static Devices here() {
        return HERE;
    }

    /** Every device that there may be on a machine such as this, the CPU first. Quick, but for asking NVIDIA's driver. */
    public synchronized List<Device> known() {
        List<Device> known = new ArrayList<>(List.of(Device.CPU, Device.of(Provider.WEBGPU)));
        Platform platform = Platform.current();
        if (platform == Platform.LINUX_X64 || platform.isWindows()) {
            int count = nvidia().map(driver -> driver.gpus().size()).orElse(1);
            for (int index = 0; index < count; index++) {
                known.add(new Device(Provider.CUDA, index));
            }
        }
        if (platform.isWindows()) {
            known.add(Device.of(Provider.DIRECTML));
        }
        if (platform.isMac()) {
            known.add(Device.of(Provider.COREML));
        }
        return known;
    }

    /** The name that a maker gave the device, if it is known. */
    public synchronized Optional<String> name(Device device) {
        return device.provider() == Provider.CUDA
                ? nvidia().filter(driver -> device.index() < driver.gpus().size())
                        .map(driver -> driver.gpus().get(device.index()))
                : Optional.empty();
    }

    /**
     * Why a device can't be used, as far as can be told without trying it: its libraries are missing, or its driver.
     * Empty if it may well work.
     */
    public synchronized Optional<String> obstacle(Device device) {
        if (device.provider() == Provider.CUDA) {
            Optional<String> noDriver = NvidiaDriver.obstacle(nvidia());
            if (noDriver.isPresent()) {
                return noDriver;
            }
        }
        try {
            NativeLibraries.jvmOptions(device);
            return Optional.empty();
        } catch (DiffusionException e) {
            return Optional.of(e.getMessage());
        }
    }

    /** Tries a device, unless that was done before; one at a time. What else is asked meanwhile is answered at once. */
    public DeviceState state(Device device) {
        Optional<String> obstacle = obstacle(device);
        if (obstacle.isPresent()) {
            return new DeviceState.Unusable(device, obstacle.get());
        }
        synchronized (probing) {
            return tried(device).orElseGet(() -> {
                DeviceState state = DeviceProbe.of(device).run(device);
                keep(device, state);
                return state;
            });
        }
    }

    private synchronized void keep(Device device, DeviceState state) {
        tried.put(device, state);
    }

    /** What came of trying a device before, if that was done. */
    public synchronized Optional<DeviceState> tried(Device device) {
        return Optional.ofNullable(tried.get(device));
    }

    /** Makes the next question be answered anew: a driver or a library may have been installed. */
    public synchronized void forget() {
        tried.clear();
        nvidia = null;
    }

    @SuppressWarnings("OptionalAssignedToNull") // null is "not asked yet"
    private Optional<NvidiaDriver> nvidia() {
        if (nvidia == null) {
            nvidia = NvidiaDriver.find();
        }
        return nvidia;
    }
}
