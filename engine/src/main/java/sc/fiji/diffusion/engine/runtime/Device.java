package sc.fiji.diffusion.engine.runtime;

import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import sc.fiji.diffusion.engine.RequestException;

/**
 * What networks are computed on.
 *
 * @param provider the kind of device
 * @param index which one, where there are several of the kind; 0 is the first
 */
public record Device(Provider provider, int index) {

    /** The processor: there on every machine. */
    public static final Device CPU = new Device(Provider.CPU, 0);

    public Device {
        Objects.requireNonNull(provider, "provider");
        if (index < 0 || (index > 0 && !provider.isNumbered())) {
            throw new RequestException("device: expected a number of 0 or more, and for cuda and directml alone, found "
                    + provider.typed() + ":" + index);
        }
    }

    /** The first device of a kind. */
    public static Device of(Provider provider) {
        return new Device(provider, 0);
    }

    /**
     * Reads {@code cpu}, {@code webgpu}, {@code cuda}, {@code cuda:1}, {@code coreml} and the like; whether there is such
     * a device shows when it is used.
     *
     * @throws RequestException if it is no device's name
     */
    public static Device parse(String name) {
        String[] parts = name.strip().toLowerCase(Locale.ROOT).split(":", 2);
        Provider provider = Arrays.stream(Provider.values())
                .filter(candidate -> candidate.typed().equals(parts[0]))
                .findFirst()
                .orElseThrow(() -> unknown(name));
        if (parts.length == 1) {
            return of(provider);
        }
        try {
            return new Device(provider, Integer.parseInt(parts[1]));
        } catch (NumberFormatException e) {
            throw unknown(name);
        }
    }

    private static RequestException unknown(String name) {
        return new RequestException("device: expected "
                + Arrays.stream(Provider.values()).map(Provider::typed).collect(Collectors.joining(", "))
                + ", or cuda:1 for the second of its kind, found " + name);
    }

    /** For people, such as {@code CPU}, {@code WebGPU} or {@code CUDA 1}. */
    public String label() {
        return provider.label() + (index == 0 ? "" : " " + index);
    }

    /** Whether it computes in the memory that the processor has. */
    public boolean usesMainMemory() {
        return provider == Provider.CPU || provider == Provider.COREML;
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return provider.typed() + (index == 0 ? "" : ":" + index);
    }
}
