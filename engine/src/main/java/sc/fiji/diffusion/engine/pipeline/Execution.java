package sc.fiji.diffusion.engine.pipeline;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import sc.fiji.diffusion.engine.RequestException;
import sc.fiji.diffusion.engine.graph.Precision;
import sc.fiji.diffusion.engine.network.GraphForm;
import sc.fiji.diffusion.engine.network.GraphForm.Operators;
import sc.fiji.diffusion.engine.provenance.Computation;
import sc.fiji.diffusion.engine.provenance.EngineVersion;
import sc.fiji.diffusion.engine.runtime.Device;
import sc.fiji.diffusion.engine.runtime.OnnxRuntime;

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

    /**
     * What suits a device: float16 on GPUs, where a failure of its narrow range is noticed and mended, float32 on the
     * CPU.
     */
    public static Execution on(Device device) {
        Precision precision = device.usesMainMemory() ? Precision.FLOAT32 : Precision.FLOAT16;
        return new Execution(device, new GraphForm(GraphForm.Operators.FUSED, precision));
    }

    /**
     * As a user asks for it.
     *
     * @throws RequestException if the device computes with that precision slowly or not at all
     */
    public static Execution requested(Device device, GraphForm form) {
        boolean isCpu = device.equals(Device.CPU);
        if (form.precision() == Precision.FLOAT16 && isCpu) {
            throw new RequestException("precision: expected float32 or int8 on the CPU, which does not compute with"
                    + " float16, found float16");
        }
        if (form.precision() == Precision.INT8 && !isCpu) {
            throw new RequestException("precision: expected float32 or float16 on " + device.label()
                    + ", as only the CPU computes with int8, found int8");
        }
        return new Execution(device, form);
    }

    /**
     * As something was computed before, on a device of this machine.
     *
     * @return in the same numbers if the device computes with them, or else as suits it
     */
    public static Execution like(Computation before, Device device) {
        Optional<Precision> precision = Arrays.stream(Precision.values())
                .filter(known -> known.typed().equals(before.precision()))
                .findFirst();
        Operators operators = Operators.PLAIN.typed().equals(before.operators()) ? Operators.PLAIN : Operators.FUSED;
        try {
            return precision
                    .map(known -> requested(device, new GraphForm(operators, known)))
                    .orElseGet(() -> on(device));
        } catch (RequestException otherwise) {
            return on(device);
        }
    }

    /** As it is kept with what it made. */
    Computation computation() {
        return computation(OnnxRuntime.version());
    }

    /** @param runtime the version of ONNX Runtime, for those who should not load it to ask for it */
    public Computation computation(String runtime) {
        return new Computation(
                EngineVersion.current(),
                runtime,
                device.toString(),
                device.label(),
                form.precision().typed(),
                form.operators().typed(),
                Computation.thisPlatform());
    }

    boolean isRounded() {
        return form.precision() == Precision.INT8;
    }

    boolean isHalf() {
        return form.precision() == Precision.FLOAT16;
    }

    /** The same in float32. */
    Execution inFloat32() {
        return new Execution(device, form.exact());
    }

    /** The same elsewhere. */
    public Execution withDevice(Device other) {
        return new Execution(other, form);
    }
}
