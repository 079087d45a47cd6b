package sc.fiji.diffusion.device;

import ij.Prefs;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.device.DeviceChoice;

/** The device that the user chose, in ImageJ's preferences: the fastest that works, unless another was named. */
public final class ChosenDevice {

    /** What the dialog remembers by itself. */
    private static final String PREFERENCE = "diffusion.device.device";

    private ChosenDevice() {}

    /** What jobs are to be computed on from now on. */
    public static DeviceChoice get() {
        try {
            return DeviceChoice.parse(Prefs.get(PREFERENCE, DeviceChoice.AUTOMATIC_NAME));
        } catch (RequestException written) {
            // By another version, or by hand.
            return DeviceChoice.AUTOMATIC;
        }
    }

    /** Remembers a choice; ImageJ writes its preferences when it quits. */
    public static void set(DeviceChoice choice) {
        Prefs.set(PREFERENCE, choice.toString());
    }
}
