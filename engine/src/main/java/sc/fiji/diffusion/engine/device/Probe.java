package sc.fiji.diffusion.engine.device;

import com.google.gson.JsonObject;
import sc.fiji.diffusion.engine.DiffusionException;
import sc.fiji.diffusion.engine.runtime.Device;

/**
 * The program of the process in which a device is tried: its one argument is the device's name, its answer one line of
 * standard output. Drivers print what they like around it.
 */
public final class Probe {

    /** Begins the answer, which is a JSON object with either {@link #SPEED} or {@link #WHY}. */
    static final String MARK = "diffusion-probe ";

    static final String SPEED = "gigaflops";
    static final String WHY = "why";

    private Probe() {}

    public static void main(String[] arguments) {
        JsonObject answer = new JsonObject();
        try {
            answer.addProperty(SPEED, SpeedTest.gigaflops(Device.parse(arguments[0])));
        } catch (DiffusionException e) {
            answer.addProperty(WHY, e.getMessage());
        }
        System.out.println("\n" + MARK + answer);
        System.out.flush();
        // Without the drivers' own farewells, in which some hang.
        Runtime.getRuntime().halt(0);
    }
}
