package sc.fiji.diffusion.engine.device;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import sc.fiji.diffusion.engine.EngineException;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.runtime.Device;

/**
 * What a user wants networks to be computed on.
 *
 * @param device the one; empty for the fastest that works
 */
public record DeviceChoice(Optional<Device> device) {

    /** How the automatic choice is typed. */
    public static final String AUTOMATIC_NAME = "auto";

    /** The fastest that works. */
    public static final DeviceChoice AUTOMATIC = new DeviceChoice(Optional.empty());

    /** A device, which has to work then. */
    public static DeviceChoice of(Device device) {
        return new DeviceChoice(Optional.of(device));
    }

    /**
     * Reads {@code auto}, or what {@link Device#parse} reads.
     *
     * @throws RequestException if it is neither
     */
    public static DeviceChoice parse(String name) {
        if (name.strip().equalsIgnoreCase(AUTOMATIC_NAME)) {
            return AUTOMATIC;
        }
        try {
            return of(Device.parse(name));
        } catch (RequestException e) {
            throw new RequestException(e.getMessage().replace("expected cpu", "expected auto, cpu"), e);
        }
    }

    public boolean isAutomatic() {
        return device.isEmpty();
    }

    /**
     * The device to use. The automatic choice tries, once a process, all devices whose libraries are installed; where
     * there are none but the CPU, it takes no time.
     *
     * @param notice is told, in a sentence each, which devices that might have been used are not, and why
     */
    public Device resolved(Consumer<String> notice) {
        return device.orElseGet(() -> fastest(Devices.here(), notice));
    }

    /**
     * Does something on the device that this choice gave; where it was an automatic choice and that fails, once more on
     * the CPU.
     *
     * @param work may be done twice
     * @param notice is told of that in a sentence, before the CPU is used
     */
    public <T> T attempt(Device resolved, Function<Device, T> work, Consumer<String> notice) {
        try {
            return work.apply(resolved);
        } catch (EngineException e) {
            if (!isAutomatic() || resolved.equals(Device.CPU)) {
                throw e;
            }
            notice.accept(e.getMessage() + "; cpu is used");
            return work.apply(Device.CPU);
        }
    }

    private static Device fastest(Devices devices, Consumer<String> notice) {
        List<Device> candidates = devices.known().stream()
                .filter(candidate -> devices.obstacle(candidate).isEmpty())
                .toList();
        if (candidates.equals(List.of(Device.CPU))) {
            return Device.CPU;
        }
        return fastest(candidates.stream().map(devices::state).toList(), notice);
    }

    /** Of devices that were tried; the CPU where none works, for it always does. */
    static Device fastest(List<DeviceState> tried, Consumer<String> notice) {
        Optional<DeviceState.Usable> best = tried.stream()
                .filter(DeviceState.Usable.class::isInstance)
                .map(DeviceState.Usable.class::cast)
                .max(Comparator.comparingDouble(DeviceState.Usable::gigaflops));
        Device chosen = best.map(DeviceState.Usable::device).orElse(Device.CPU);
        for (DeviceState state : tried) {
            if (state instanceof DeviceState.Unusable unusable) {
                notice.accept(unusable.why() + "; " + chosen + " is used");
            } else if (chosen.equals(Device.CPU) && !state.device().equals(Device.CPU)) {
                notice.accept(state.device() + " is slower than the CPU (" + state.text() + " to "
                        + best.orElseThrow().text() + "); cpu is used");
            }
        }
        return chosen;
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return device.map(Device::toString).orElse(AUTOMATIC_NAME);
    }
}
