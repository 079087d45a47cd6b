package sc.fiji.diffusion.engine.device;

import java.util.Locale;
import sc.fiji.diffusion.engine.runtime.Device;

/** What came of trying a device. */
public sealed interface DeviceState {

    /** Which one. */
    Device device();

    /** For people: how fast it is, or why it can't be used. */
    String text();

    /**
     * It works.
     *
     * @param gigaflops billions of float32 multiplications and additions a second, in a short run
     */
    record Usable(Device device, double gigaflops) implements DeviceState {

        @Override
        public String text() {
            return String.format(Locale.ROOT, gigaflops < 10 ? "%.1f GFLOP/s" : "%,.0f GFLOP/s", gigaflops);
        }
    }

    /**
     * It is not there, or does not work.
     *
     * @param why a sentence for people
     */
    record Unusable(Device device, String why) implements DeviceState {

        @Override
        public String text() {
            return why;
        }
    }
}
