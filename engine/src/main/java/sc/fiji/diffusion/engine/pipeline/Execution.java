package sc.fiji.diffusion.engine.pipeline;

import java.util.Objects;
import sc.fiji.diffusion.engine.network.GraphForm;
import sc.fiji.diffusion.engine.runtime.Device;

/**
 * How networks are computed.
 *
 * @param device where
 * @param form as what
 */
public record Execution(Device device, GraphForm form) {

    /** On the CPU, in float32. */
    public static final Execution USUAL = new Execution(Device.CPU, GraphForm.USUAL);

    public Execution {
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(form, "form");
    }

    /** The same elsewhere. */
    public Execution withDevice(Device other) {
        return new Execution(other, form);
    }
}
