package sc.fiji.diffusion.device;

import ij.Prefs;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import sc.fiji.diffusion.engine.device.DeviceChoice;
import sc.fiji.diffusion.engine.graph.Precision;
import sc.fiji.diffusion.engine.network.GraphForm;
import sc.fiji.diffusion.engine.pipeline.Execution;
import sc.fiji.diffusion.engine.runtime.Device;

/**
 * How the user chose images to be computed.
 *
 * @param device on what
 * @param precision in what numbers; empty for what suits the device
 */
public record ChosenExecution(DeviceChoice device, Optional<Precision> precision) {

    /** Stands for the precision that suits the device. */
    public static final String AUTOMATIC_PRECISION = "auto";

    /** What the dialog remembers by itself. */
    private static final String PREFERENCE = "diffusion.device.precision";

    /** What jobs are to be computed with from now on. */
    public static ChosenExecution get() {
        return new ChosenExecution(ChosenDevice.get(), precision(Prefs.get(PREFERENCE, AUTOMATIC_PRECISION)));
    }

    /** Remembers the precision; ImageJ writes its preferences when it quits. */
    public static void setPrecision(Optional<Precision> precision) {
        Prefs.set(PREFERENCE, precision.map(Precision::typed).orElse(AUTOMATIC_PRECISION));
    }

    /** The precision of a name; empty for {@link #AUTOMATIC_PRECISION} and for what another version has written. */
    public static Optional<Precision> precision(String name) {
        return Arrays.stream(Precision.values())
                .filter(precision -> precision.typed().equals(name))
                .findFirst();
    }

    /**
     * What to compute with. To find the fastest device may take seconds, once a session.
     *
     * @param notice is told, in a sentence each, what can't be as chosen
     * @throws sc.fiji.diffusion.engine.RequestException if the device does not compute with that precision
     */
    public Execution resolved(Consumer<String> notice) {
        // Only the CPU computes with 8 bits, so whoever wants them wants it.
        boolean onCpu = device.isAutomatic() && precision.equals(Optional.of(Precision.INT8));
        Device found = onCpu ? Device.CPU : device.resolved(notice);
        return execution(found, notice);
    }

    /** The same on a device that was found. */
    public Execution execution(Device found, Consumer<String> notice) {
        Execution usual = Execution.on(found);
        if (precision.isEmpty()) {
            return usual;
        }
        if (device.isAutomatic() && found.equals(Device.CPU) && precision.get() == Precision.FLOAT16) {
            notice.accept("float32 is used, as the CPU does not compute with float16");
            return usual;
        }
        return Execution.requested(found, new GraphForm(usual.form().operators(), precision.get()));
    }
}
