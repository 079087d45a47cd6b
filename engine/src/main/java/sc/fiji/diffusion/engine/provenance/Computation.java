package sc.fiji.diffusion.engine.provenance;

import java.util.Locale;
import java.util.Objects;

/**
 * What computed. On the same device, in the same precision and with the same versions, the same bits come out.
 *
 * @param engine the version of this software; of another tool's picture, that tool
 * @param runtime the version of ONNX Runtime; empty for another tool's picture, as is all that follows
 * @param device as typed, such as {@code cpu} or {@code cuda:1}
 * @param deviceName for people, such as {@code CPU}
 * @param precision as typed, such as {@code float32}
 * @param operators of the networks' graphs, such as {@code fused}
 * @param platform operating system and processor, such as {@code linux amd64}
 */
public record Computation(
        String engine,
        String runtime,
        String device,
        String deviceName,
        String precision,
        String operators,
        String platform) {

    private static final String USUAL_PRECISION = "float32";

    public Computation {
        Objects.requireNonNull(engine, "engine");
        Objects.requireNonNull(runtime, "runtime");
        Objects.requireNonNull(device, "device");
        Objects.requireNonNull(deviceName, "deviceName");
        Objects.requireNonNull(precision, "precision");
        Objects.requireNonNull(operators, "operators");
        Objects.requireNonNull(platform, "platform");
    }

    /** This machine's operating system and processor, in the words of its Java. */
    public static String thisPlatform() {
        return (System.getProperty("os.name", "") + " " + System.getProperty("os.arch", "")).toLowerCase(Locale.ROOT);
    }

    /** Whether this software computed, and not another tool, of which no more than the name is known. */
    public boolean isOurs() {
        return !runtime.isEmpty();
    }

    /** Device and precision, such as {@code CPU} or {@code CPU, int8}. */
    String deviceText() {
        return precision.equals(USUAL_PRECISION) ? deviceName : deviceName + ", " + precision;
    }
}
